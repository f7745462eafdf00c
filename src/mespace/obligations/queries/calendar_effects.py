"""What another production calendar would change in what is and was owed (E4): deadlines that run, verdicts given."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from mespace.accounts.actor import Actor
from mespace.ledger.models import Event
from mespace.obligations.clocks import calendars_of, instant
from mespace.obligations.facts import facts_of
from mespace.obligations.lifecycle import State
from mespace.obligations.models import Obligation
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.obligation import ObligationVerdict, obligation_verdict
from mespace.regulation.core.obligation_facts import Missed
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.queries import parameters_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

TRIAL: Final = "trial"
BATCH: Final = 500
Compiled = Callable[[str], WorkingCalendar]


@dataclass(frozen=True)
class MovedObligation:
    """An obligation whose deadline or state would be another; states are the verdict's, before and after."""

    obligation: Obligation
    old: datetime
    new: datetime
    old_state: str
    new_state: str


def obligation_effects(
    *, actor: Actor, trial: Compiled, start: datetime, end: datetime, now: datetime
) -> tuple[list[MovedObligation], list[MovedObligation]]:
    """What would be re-pinned, and what was judged and would have been judged otherwise, of what the actor sees.

    `trial` compiles the calendar in question by an edition of the regulation; it differs from the one in use in
    `[start, end)` alone, so what was due before is not read, nor what began after and is over.
    """
    rows = Obligation.objects.visible_to(actor).filter(follows_calendar=True, due_at__gte=start)
    rows = rows.select_related("regulation_edition").order_by("pk")
    runs, given = rows.filter(state=State.OPEN), rows.exclude(state=State.OPEN).filter(since__lt=end)
    return (
        [moved for batch in _batches(runs) for moved in _running(*batch, trial(_code(batch[0])), now)],
        [moved for batch in _batches(given) for moved in _given(*batch, trial(_code(batch[0])), now)],
    )


def _code(obligation: Obligation) -> str:
    return obligation.regulation_edition.code


def _batches(rows: "QuerySet[Obligation]") -> Iterator[tuple[Obligation, list[Fact]]]:
    """Each obligation with its facts, in two statements for each batch."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        events: dict[UUID, list[Event]] = defaultdict(list)
        for event in Event.objects.filter(stream_id__in=[row.stream_id for row in batch]).order_by("stream", "seq"):
            events[event.stream_id].append(event)
        for row in batch:
            yield row, facts_of(events[row.stream_id])
        last = batch[-1].pk


def _running(row: Obligation, facts: list[Fact], trial: WorkingCalendar, now: datetime) -> Iterator[MovedObligation]:
    code = _code(row)
    calendars = calendars_of(facts, code) | {TRIAL: trial}
    at = max(int(now.timestamp()), facts[-1].at)
    present = obligation_verdict(facts, calendars, parameters_of(code), at)
    if present.state != State.OPEN:
        return
    repinned = Repinned(seq=facts[-1].seq + 1, at=at, subject="due", calendar=TRIAL)
    yield from _moved(row, present, obligation_verdict([*facts, repinned], calendars, parameters_of(code), at))


def _given(row: Obligation, facts: list[Fact], trial: WorkingCalendar, now: datetime) -> Iterator[MovedObligation]:
    """The timer noted a miss by the calendar of then; by another one it would not have, so its fact is left out."""
    code = _code(row)
    calendars = calendars_of(facts, code)
    at = max(int(now.timestamp()), facts[-1].at)
    present = obligation_verdict(facts, calendars, parameters_of(code), at)
    judged = [fact for fact in facts if not isinstance(fact, Missed)]
    other = obligation_verdict(judged, dict.fromkeys(calendars, trial), parameters_of(code), at)
    yield from _moved(row, present, other)


def _moved(row: Obligation, old: ObligationVerdict, new: ObligationVerdict) -> Iterator[MovedObligation]:
    if (old.due, old.state) != (new.due, new.state):
        yield MovedObligation(row, instant(old.due), instant(new.due), old.state, new.state)
