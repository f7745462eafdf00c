"""Whose ball it is: a ticket's whole time split by whose move it was, to the second (clause 4.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mespace.regulation.core.errors import FactsInvalid
from mespace.regulation.core.facts import Moved
from mespace.regulation.core.working_time import WorkingCalendar

VENDOR: Final = "vendor"
CUSTOMER: Final = "customer"
THIRD_PARTY: Final = "third_party"
OUTSIDE: Final = "outside"
NOBODY: Final = "nobody"

_HOLDERS: Final = {
    "open": VENDOR,
    "analysis": VENDOR,
    "in_progress": VENDOR,
    "scheduled": VENDOR,
    "info_requested": CUSTOMER,
    "solution_proposed": CUSTOMER,
    "closed": NOBODY,
}


@dataclass(frozen=True, slots=True)
class TimeSplit:
    """Seconds by whose move it was; the five sum to `total`, the wall-clock time."""

    vendor: int
    customer: int
    third_party: int
    outside: int
    nobody: int

    @property
    def total(self) -> int:
        """Return the wall-clock seconds."""
        return self.vendor + self.customer + self.third_party + self.outside + self.nobody

    def as_json(self) -> dict[str, int]:
        """Return the split's object in the bundle."""
        return {
            "vendor": self.vendor,
            "customer": self.customer,
            "third_party": self.third_party,
            "outside": self.outside,
            "nobody": self.nobody,
            "total": self.total,
        }


def holder(move: Moved) -> str:
    """Return whose move it is in a status: `vendor`, `customer`, `third_party` or `nobody`."""
    if move.to == "suspended":
        if move.waiting_for not in (CUSTOMER, THIRD_PARTY):
            raise FactsInvalid(f"fact {move.seq}: a suspended ticket waits for the customer or a third party")
        return move.waiting_for
    try:
        return _HOLDERS[move.to]
    except KeyError:
        raise FactsInvalid(f"fact {move.seq}: no status is called {move.to}") from None


def time_split(moves: Sequence[Moved], calendar: WorkingCalendar, as_of: int) -> TimeSplit:
    """Return the split from the first move to the last closing, or to `as_of` for a ticket that is not closed."""
    seconds = dict.fromkeys((VENDOR, CUSTOMER, THIRD_PARTY, OUTSIDE, NOBODY), 0)
    end = moves[-1].at if moves[-1].to == "closed" else as_of
    ends = [*(move.at for move in moves[1:]), end]
    for move, until in zip(moves, ends, strict=True):
        whose = holder(move)
        wall = until - move.at
        worked = wall if whose == NOBODY else calendar.between(move.at, until)
        seconds[whose] += worked
        seconds[OUTSIDE] += wall - worked
    return TimeSplit(**seconds)
