"""What lies ahead of a ticket: the promise before filing, the next instants, and "the deadline moves if…"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.facts import Accepted, Fact, Moved, Reclassified
from mespace.regulation.core.reaction import RUNNING, Deadline
from mespace.regulation.core.terms import PRESUMED
from mespace.regulation.core.verdict import Verdict, verdict
from mespace.regulation.core.working_time import WorkingCalendar

REACTION_DUE: Final = "reaction_due"
PRESUMPTION: Final = "presumption"
REMINDER: Final = "reminder"
EXPIRY: Final = "expiry"


@dataclass(frozen=True, slots=True)
class Promise:
    """What a ticket filed at an instant would be promised."""

    clock_starts: int
    due: int
    target_seconds: int
    rests_on_provisional: bool


@dataclass(frozen=True, slots=True)
class Wake:
    """An instant at which something comes due by itself; `term` is None for the reaction."""

    at: int
    what: str
    term: int | None


def promise(
    calendar: WorkingCalendar, parameters: Parameters, *, ticket_type: str, criticality: str, at: int
) -> Promise:
    """Return what a ticket of this type and criticality, filed at `at`, would be promised (clause 6.4)."""
    target = parameters.target_seconds(ticket_type=ticket_type, criticality=criticality)
    due = calendar.due(at, target)
    return Promise(calendar.next_working(at), due, target, calendar.rests_on_provisional(at, due))


def wakes(given: Verdict) -> tuple[Wake, ...]:
    """Return all instants at which something comes due for a ticket whose clocks run, past ones included, in order."""
    found: list[Wake] = []
    if given.reaction.state == RUNNING:
        found.append(Wake(given.reaction.due, REACTION_DUE, None))
    term = given.running_term
    if term is not None:
        if term.evidence in (None, PRESUMED):
            found.append(Wake(max(term.presumed_at, term.not_before), PRESUMPTION, term.term))
        found.append(Wake(max(term.reminder_at, term.not_before), REMINDER, term.term))
        found.append(Wake(max(term.due, term.not_before), EXPIRY, term.term))
    return tuple(sorted(found, key=lambda wake: wake.at))


def next_wake(given: Verdict, *, after: int) -> int | None:
    """Return the earliest of those instants that is later than `after`, or None."""
    return next((wake.at for wake in wakes(given) if wake.at > after), None)


def deadline_if(
    facts: Sequence[Fact],
    calendars: Mapping[str, WorkingCalendar],
    parameters: Parameters,
    *,
    ticket_type: str,
    criticality: str,
    now: int,
) -> Deadline | None:
    """Return the reaction deadline that a change of type and criticality at `now` would put in force.

    None when it would move nothing: the target stays the same, or the clock has stopped.
    """
    if any(isinstance(fact, Accepted) or (isinstance(fact, Moved) and fact.to == "closed") for fact in facts):
        return None
    change = Reclassified(seq=facts[-1].seq + 1, at=now, type=ticket_type, criticality=criticality)
    before = verdict(facts, calendars, parameters, now)
    after = verdict([*facts, change], calendars, parameters, now)
    if len(after.reaction.deadlines) == len(before.reaction.deadlines):
        return None
    return after.reaction.deadlines[-1]
