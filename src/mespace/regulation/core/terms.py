"""The customer's terms of clause 5.5: when a question or proposal counts as received, and until when it waits (E3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import FactsInvalid
from mespace.regulation.core.facts import Fact, Receipt, Repinned, TermEnded, TermOpened
from mespace.regulation.core.instants import utc_text
from mespace.regulation.core.working_time import WorkingCalendar

RUNNING: Final = "running"
ANSWERED: Final = "answered"
REPLACED: Final = "replaced"
EXPIRED: Final = "expired"

PRESUMED: Final = "presumed"
BY_REACTION: Final = "reaction"


@dataclass(frozen=True, slots=True)
class TermInstants:
    """The three instants at which something comes due in a term."""

    presumed_at: int
    reminder_at: int
    due: int


@dataclass(frozen=True, slots=True)
class TermVerdict:
    """What became of a term; `received_at` and `evidence` are None while nothing counts as received.

    A timer of the term never acts before `not_before`: its opening, or the last correction of its calendar.
    """

    term: int
    kind: str
    opened_at: int
    presumed_at: int
    received_at: int | None
    evidence: str | None
    reminder_at: int
    due: int
    not_before: int
    ended_at: int | None
    outcome: str
    calendar: str
    rests_on_provisional: bool

    @property
    def is_running(self) -> bool:
        """Tell whether the term has not ended."""
        return self.outcome == RUNNING

    def as_json(self) -> dict[str, Any]:
        """Return the term's object in the bundle."""
        return {
            "term": self.term,
            "kind": self.kind,
            "opened_at": utc_text(self.opened_at),
            "presumed_at": utc_text(self.presumed_at),
            "received_at": None if self.received_at is None else utc_text(self.received_at),
            "evidence": self.evidence,
            "reminder_at": utc_text(self.reminder_at),
            "due": utc_text(self.due),
            "ended_at": None if self.ended_at is None else utc_text(self.ended_at),
            "outcome": self.outcome,
        }


def term_instants(
    calendar: WorkingCalendar, parameters: Parameters, *, opened_at: int, received_at: int | None = None
) -> TermInstants:
    """Return when a term's receipt is presumed, when its reminder goes out and when it ends.

    While nothing is received (`received_at` is None), the last two are those that the presumption gives.
    """
    presumed_at = calendar.day_end(opened_at, parameters.presumption_days)
    day_zero = presumed_at if received_at is None else received_at
    return TermInstants(
        presumed_at=presumed_at,
        reminder_at=calendar.day_start(day_zero, parameters.reminder_day),
        due=calendar.day_end(day_zero, parameters.answer_days),
    )


def term_verdicts(
    facts: Iterable[Fact], calendars: Mapping[str, WorkingCalendar], parameters: Parameters, as_of: int
) -> tuple[TermVerdict, ...]:
    """Return what became of each term at `as_of`, by the facts in log order."""
    terms = _Terms(calendars, parameters)
    for fact in facts:
        terms.apply(fact)
    return tuple(term.verdict(as_of) for term in terms.opened.values())


class _Term:
    """One term while the log is folded."""

    def __init__(self, fact: TermOpened, calendars: Mapping[str, WorkingCalendar], parameters: Parameters) -> None:
        self.fact = fact
        self.calendars = calendars
        self.parameters = parameters
        self.calendar = fact.calendar
        self.not_before = fact.at  # what a corrected calendar moves into the past comes due at the correction
        self.presumed_at = self._instants(None).presumed_at
        self.received_at: int | None = None
        self.evidence: str | None = None
        self.ended_at: int | None = None
        self.outcome = RUNNING

    @property
    def presumption_due(self) -> int:
        return max(self.presumed_at, self.not_before)

    def receive(self, at: int, evidence: str) -> None:
        """Note evidence; only the earliest counts."""
        if self.received_at is None:
            self.received_at, self.evidence = at, evidence

    def presume_before(self, at: int) -> None:
        """Note the presumed receipt if it came before `at` and nothing else did: a fact at that instant is in time."""
        if self.presumption_due < at:
            self.receive(self.presumption_due, PRESUMED)

    def repin(self, fact: Repinned) -> None:
        self.calendar = fact.calendar
        self.not_before = fact.at
        if self.evidence != PRESUMED:
            self.presumed_at = self._instants(None).presumed_at

    def end(self, at: int, outcome: str) -> None:
        if outcome == ANSWERED:
            self.receive(at, BY_REACTION)
        self.ended_at, self.outcome = at, outcome

    def verdict(self, as_of: int) -> TermVerdict:
        if self.outcome == RUNNING:
            self.presume_before(as_of + 1)
        instants = self._instants(self.presumed_at if self.received_at is None else self.received_at)
        return TermVerdict(
            term=self.fact.term,
            kind=self.fact.kind,
            opened_at=self.fact.at,
            presumed_at=self.presumed_at,
            received_at=self.received_at,
            evidence=self.evidence,
            reminder_at=instants.reminder_at,
            due=instants.due,
            not_before=self.not_before,
            ended_at=self.ended_at,
            outcome=self.outcome,
            calendar=self.calendar,
            rests_on_provisional=self.calendars[self.calendar].rests_on_provisional(self.fact.at, instants.due),
        )

    def _instants(self, received_at: int | None) -> TermInstants:
        return term_instants(
            self.calendars[self.calendar], self.parameters, opened_at=self.fact.at, received_at=received_at
        )


class _Terms:
    """All terms of a ticket while the log is folded."""

    def __init__(self, calendars: Mapping[str, WorkingCalendar], parameters: Parameters) -> None:
        self.calendars = calendars
        self.parameters = parameters
        self.opened: dict[int, _Term] = {}
        self.running: _Term | None = None

    def apply(self, fact: Fact) -> None:
        if self.running is not None:
            self.running.presume_before(fact.at)
        match fact:
            case TermOpened():
                self._open(fact)
            case TermEnded():
                self._known(fact.term, fact, running=True).end(fact.at, fact.outcome)
                self.running = None
            case Receipt():
                term = self._known(fact.term, fact, running=False)
                if term is self.running:
                    term.receive(fact.at, fact.evidence)
            case Repinned() if fact.subject.startswith("term:"):
                self._known(int(fact.subject.removeprefix("term:")), fact, running=True).repin(fact)
            case _:
                pass

    def _open(self, fact: TermOpened) -> None:
        if fact.term in self.opened:
            msg = f"fact {fact.seq}: term {fact.term} was opened before"
            raise FactsInvalid(msg)
        if self.running is not None:
            self.running.end(fact.at, REPLACED)
        self.running = self.opened[fact.term] = _Term(fact, self.calendars, self.parameters)

    def _known(self, number: int, fact: Fact, *, running: bool) -> _Term:
        if number not in self.opened:
            msg = f"fact {fact.seq}: term {number} was never opened"
            raise FactsInvalid(msg)
        term = self.opened[number]
        if running and term is not self.running:
            msg = f"fact {fact.seq}: term {number} had ended before"
            raise FactsInvalid(msg)
        return term
