"""One obligation with its log, its verdict and the days that make its deadline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.ledger.models import Event
from mespace.obligations.clocks import calendars_of, verdict_of
from mespace.obligations.errors import ObligationNotFound
from mespace.obligations.facts import facts_of
from mespace.obligations.kinds import ObligationKind, Whom, kinds
from mespace.obligations.models import Obligation
from mespace.regulation.core.obligation import ObligationVerdict
from mespace.regulation.core.obligation_days import CountedDays, days_counted
from mespace.regulation.queries import parameters_of


@dataclass(frozen=True)
class ObligationView:
    """What a page about one obligation shows. `kind` is None when no room knows the kind any more."""

    obligation: Obligation
    kind: ObligationKind | None
    whom: Whom | None
    verdict: ObligationVerdict
    days: Sequence[CountedDays]
    events: Sequence[Event]
    names: Mapping[str, str]
    notes: Mapping[int, str]
    left_seconds: int | None  # working seconds to the due instant, while it runs

    def name_of(self, actor: str) -> str:
        """Who an event names; nothing for the timer."""
        return self.names.get(actor, "")

    def reason_word(self, code: str) -> str:
        """A reason in words; its code when the kind does not know it any more."""
        return str(self.kind.reasons.get(code, code)) if self.kind else code

    def way_word(self, code: str) -> str:
        """How it was fulfilled, in words."""
        return str(self.kind.ways.get(code, code)) if self.kind else code


def obligation_view(*, actor: Actor, obligation_id: int, now: datetime) -> ObligationView:
    """The obligation as things stand at `now`. Raises ObligationNotFound."""
    rows = Obligation.objects.visible_to(actor).select_related("regulation_edition")
    obligation = rows.filter(pk=obligation_id).first()
    if obligation is None:
        raise ObligationNotFound(obligation_id)
    code = obligation.regulation_edition.code
    events = list(Event.objects.filter(stream_id=obligation.stream_id).order_by("seq"))
    as_of = max(now, events[-1].at)
    verdict = verdict_of(events, regulation_code=code, as_of=as_of)
    calendars = calendars_of(facts_of(events), code)
    kind = next((each for each in kinds() if each.code == obligation.kind), None)
    whom = kind.resolve([obligation.whom_id], actor).get(obligation.whom_id) if kind else None
    people = {event.actor for event in events if event.actor.startswith("user:")}
    ids = [int(each.partition(":")[2]) for each in people]
    names = {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "full_name")}
    at = int(as_of.timestamp())
    runs = verdict.state == "open"
    return ObligationView(
        obligation=obligation,
        kind=kind,
        whom=whom,
        verdict=verdict,
        days=days_counted(verdict, calendars, parameters_of(code)),
        events=events,
        names=names,
        notes=dict(obligation.notes.values_list("seq", "text")),
        left_seconds=calendars[verdict.calendar].between(at, verdict.due) if runs else None,
    )
