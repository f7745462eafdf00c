"""A corrected production calendar reaches what is still owed and counted by it (E4); given verdicts stay."""

from datetime import datetime

from mespace.accounts.actor import TIMER
from mespace.obligations.clocks import instant, verdict_of
from mespace.obligations.facts import seconds_text
from mespace.obligations.lifecycle import Kind, State
from mespace.obligations.models import Obligation
from mespace.obligations.operations._act import acting
from mespace.obligations.operations.open_obligation import pin
from mespace.regulation.models import CalendarEdition


def obligations_to_repin(*, edition: CalendarEdition) -> list[int]:
    """Rows that run, count working days, and are measured by another calendar edition."""
    rows = Obligation.objects.filter(state=State.OPEN, wake_at__isnull=False, follows_calendar=True)
    return list(rows.exclude(calendar_edition=edition).order_by("pk").values_list("pk", flat=True))


def repin(*, obligation_id: int, now: datetime, edition: CalendarEdition) -> Obligation:
    """The obligation, measured by `edition` from now on if it still runs; the fact holds both deadlines.

    Idempotent. Raises ObligationNotFound.
    """
    with acting(name=obligation_id, actor=TIMER, now=now) as act:
        obligation = act.obligation
        if obligation.state != State.OPEN or not obligation.follows_calendar:
            return obligation
        if verdict_of(act.events(), regulation_code=act.code, as_of=act.now).calendar == edition.code:
            return obligation
        payload = {"calendar": pin(edition), "old": seconds_text(obligation.due_at)}
        payload["new"] = seconds_text(instant(act.due_if(Kind.REPINNED, payload)))
        act.record_repinned(payload, calendar_edition=edition)
    return act.obligation
