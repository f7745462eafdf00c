"""The reaction clock: what was promised, each deadline that was in force, and whether it was kept (6.4, E2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.facts import Accepted, Fact, Moved, Reclassified, Registered, Repinned
from mespace.regulation.core.instants import utc_text
from mespace.regulation.core.working_time import WorkingCalendar

RUNNING: Final = "running"
KEPT: Final = "kept"
BROKEN: Final = "broken"
WITHDRAWN: Final = "withdrawn"

REACTION: Final = "reaction"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and why it came: `registered`, `raised`, `lowered` or `repinned`; the target in working seconds."""

    seq: int
    due: int
    target_seconds: int
    cause: str

    def as_json(self) -> dict[str, Any]:
        """Return the deadline's object in the bundle."""
        return {"seq": self.seq, "due": utc_text(self.due), "target_seconds": self.target_seconds, "cause": self.cause}


@dataclass(frozen=True, slots=True)
class ReactionVerdict:
    """What became of the reaction promise; `measured_to` is where its clock stopped or was read."""

    state: str
    registered_at: int
    reacted_at: int | None
    measured_to: int
    working_seconds: int
    deadlines: tuple[Deadline, ...]
    calendar: str
    rests_on_provisional: bool

    @property
    def due(self) -> int:
        """Return the deadline in force."""
        return self.deadlines[-1].due

    @property
    def target_seconds(self) -> int:
        """Return the target in force, in working seconds."""
        return self.deadlines[-1].target_seconds

    def as_json(self) -> dict[str, Any]:
        """Return the reaction's object in the bundle."""
        return {
            "state": self.state,
            "registered_at": utc_text(self.registered_at),
            "due": utc_text(self.due),
            "reacted_at": None if self.reacted_at is None else utc_text(self.reacted_at),
            "target_seconds": self.target_seconds,
            "working_seconds": self.working_seconds,
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
        }


class _Clock:
    """The reaction clock while the log is folded."""

    def __init__(
        self, registered: Registered, calendars: Mapping[str, WorkingCalendar], parameters: Parameters
    ) -> None:
        self.registered_at = registered.at
        self.calendars = calendars
        self.parameters = parameters
        self.calendar = registered.calendar
        self.was_broken = False
        self.first_target = parameters.target_seconds(ticket_type=registered.type, criticality=registered.criticality)
        self.changes: list[tuple[int, int]] = []  # (instant, new target), in log order
        self.deadlines: list[Deadline] = []
        self._put_in_force(registered.seq, self.first_target, "registered")

    @property
    def due(self) -> int:
        return self.deadlines[-1].due

    def reclassify(self, fact: Reclassified) -> None:
        target = self.parameters.target_seconds(ticket_type=fact.type, criticality=fact.criticality)
        former = self.deadlines[-1].target_seconds
        if target == former:
            return
        self._note_breach(fact.at)
        self.changes.append((fact.at, target))
        self._put_in_force(fact.seq, target, "lowered" if target > former else "raised")

    def repin(self, fact: Repinned) -> None:
        self._note_breach(fact.at)
        self.calendar = fact.calendar
        self._put_in_force(fact.seq, self.deadlines[-1].target_seconds, "repinned")

    def _note_breach(self, at: int) -> None:
        # A deadline that had passed before a change stays broken, whatever follows.
        self.was_broken = self.was_broken or self.due < at

    def _put_in_force(self, seq: int, target: int, cause: str) -> None:
        self.deadlines.append(Deadline(seq, self._fold(), target, cause))

    def _fold(self) -> int:
        """Return the deadline of all changes so far, each seeing only the one before it, by the present calendar."""
        calendar = self.calendars[self.calendar]
        target = self.first_target
        due = calendar.due(self.registered_at, target)
        for at, new in self.changes:
            former, due = due, calendar.due(self.registered_at, new)
            if new < target and due <= at:
                due = min(former, calendar.due(at, new))
            target = new
        return due


def reaction_verdict(
    facts: Iterable[Fact],
    registered: Registered,
    calendars: Mapping[str, WorkingCalendar],
    parameters: Parameters,
    as_of: int,
) -> ReactionVerdict:
    """Return what became of the reaction promise at `as_of`, by the facts in log order."""
    clock = _Clock(registered, calendars, parameters)
    reacted_at: int | None = None
    withdrawn_at: int | None = None
    for fact in facts:
        match fact:
            case Accepted():
                reacted_at = fact.at
                break
            case Moved(to="closed"):
                withdrawn_at = fact.at
                break
            case Reclassified():
                clock.reclassify(fact)
            case Repinned(subject="reaction"):
                clock.repin(fact)
            case _:
                pass
    measured_to = as_of
    if reacted_at is not None:
        measured_to = reacted_at
    elif withdrawn_at is not None:
        measured_to = withdrawn_at
    if withdrawn_at is not None:
        state = WITHDRAWN
    elif clock.was_broken or measured_to > clock.due:
        state = BROKEN
    else:
        state = RUNNING if reacted_at is None else KEPT
    calendar = calendars[clock.calendar]
    return ReactionVerdict(
        state=state,
        registered_at=registered.at,
        reacted_at=reacted_at,
        measured_to=measured_to,
        working_seconds=calendar.between(registered.at, measured_to),
        deadlines=tuple(clock.deadlines),
        calendar=clock.calendar,
        rests_on_provisional=calendar.rests_on_provisional(registered.at, clock.due),
    )
