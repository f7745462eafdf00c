"""The customer's terms of clause 5.5: when a question or proposal counts as received, and until when it waits (E3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
    """What became of a term; `received_at` and `evidence` are None while nothing counts as received."""

    term: int
    kind: str
    opened_at: int
    presumed_at: int
    received_at: int | None
    evidence: str | None
    reminder_at: int
    due: int
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


@dataclass(slots=True)
class _Open:
    """A term while the log is folded."""

    fact: TermOpened
    calendar: str
    evidence: list[Receipt] = field(default_factory=list)
    ended_at: int | None = None
    outcome: str = RUNNING


class _Terms:
    """All terms of a ticket while the log is folded."""

    def __init__(self) -> None:
        self.opened: dict[int, _Open] = {}

    def apply(self, fact: Fact) -> None:
        match fact:
            case TermOpened():
                self._open(fact)
            case TermEnded():
                self._end(fact)
            case Receipt():
                term = self._known(fact.term, fact)
                if term.outcome == RUNNING:
                    term.evidence.append(fact)
            case Repinned() if fact.subject.startswith("term:"):
                term = self._known(int(fact.subject.removeprefix("term:")), fact)
                if term.outcome == RUNNING:
                    term.calendar = fact.calendar
            case _:
                pass

    def _open(self, fact: TermOpened) -> None:
        if fact.term in self.opened:
            raise FactsInvalid(f"fact {fact.seq}: term {fact.term} was opened before")
        for term in self.opened.values():
            if term.outcome == RUNNING:
                term.ended_at, term.outcome = fact.at, REPLACED
        self.opened[fact.term] = _Open(fact, fact.calendar)

    def _end(self, fact: TermEnded) -> None:
        term = self._known(fact.term, fact)
        if term.outcome != RUNNING:
            raise FactsInvalid(f"fact {fact.seq}: term {fact.term} had ended before")
        term.ended_at, term.outcome = fact.at, fact.outcome

    def _known(self, number: int, fact: Fact) -> _Open:
        if number not in self.opened:
            raise FactsInvalid(f"fact {fact.seq}: term {number} was never opened")
        return self.opened[number]


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
    terms = _Terms()
    for fact in facts:
        terms.apply(fact)
    return tuple(_settle(term, calendars[term.calendar], parameters, as_of) for term in terms.opened.values())


def _settle(term: _Open, calendar: WorkingCalendar, parameters: Parameters, as_of: int) -> TermVerdict:
    opened_at = term.fact.at
    presumed_at = calendar.day_end(opened_at, parameters.presumption_days)
    # The earliest counts; of two at the same instant, what is on record goes before what is only computed.
    # A presumption on record stays where it is when the calendar is corrected later.
    receipts = [(receipt.at, receipt.evidence) for receipt in term.evidence]
    if term.outcome == ANSWERED and term.ended_at is not None:
        receipts.append((term.ended_at, BY_REACTION))
    on_record = any(evidence == PRESUMED for _, evidence in receipts)
    if not on_record and presumed_at <= (as_of if term.ended_at is None else term.ended_at):
        receipts.append((presumed_at, PRESUMED))
    received_at, evidence = min(receipts, key=lambda receipt: receipt[0], default=(None, None))
    instants = term_instants(calendar, parameters, opened_at=opened_at, received_at=received_at)
    return TermVerdict(
        term=term.fact.term,
        kind=term.fact.kind,
        opened_at=opened_at,
        presumed_at=presumed_at,
        received_at=received_at,
        evidence=evidence,
        reminder_at=instants.reminder_at,
        due=instants.due,
        ended_at=term.ended_at,
        outcome=term.outcome,
        calendar=term.calendar,
        rests_on_provisional=calendar.rests_on_provisional(opened_at, instants.due),
    )
