"""Whose ball it is: a ticket's whole time split by whose move it was, to the second (clause 4.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mespace.regulation.core.errors import FactsInvalid
from mespace.regulation.core.facts import Fact, Moved, Registered, Repinned, TermOpened
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
        if move.waiting_for not in (None, CUSTOMER, THIRD_PARTY):
            msg = f"fact {move.seq}: a suspended ticket waits for the customer or a third party"
            raise FactsInvalid(msg)
        return move.waiting_for or CUSTOMER
    try:
        return _HOLDERS[move.to]
    except KeyError:
        msg = f"fact {move.seq}: no status is called {move.to}"
        raise FactsInvalid(msg) from None


def time_split(facts: Sequence[Fact], calendars: Mapping[str, WorkingCalendar], as_of: int) -> TimeSplit:
    """Return the split from the registration to the last closing, or to `as_of` for a ticket that is not closed.

    Each stretch is measured by the calendar edition that the log had named last when the stretch began.
    """
    seconds = dict.fromkeys((VENDOR, CUSTOMER, THIRD_PARTY, OUTSIDE, NOBODY), 0)
    whose, calendar, since = NOBODY, "", facts[0].at

    def close_stretch(until: int) -> None:
        wall = until - since
        worked = wall if whose == NOBODY else calendars[calendar].between(since, until)
        seconds[whose] += worked
        seconds[OUTSIDE] += wall - worked

    for fact in facts:
        if not isinstance(fact, (Registered, TermOpened, Repinned, Moved)):
            continue
        close_stretch(fact.at)
        since = fact.at
        if isinstance(fact, Moved):
            whose = holder(fact)
        else:
            calendar = fact.calendar
    if whose != NOBODY:
        close_stretch(as_of)
    return TimeSplit(**seconds)
