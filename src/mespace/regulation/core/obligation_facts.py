"""What happened to an obligation: the only input of its verdict besides calendar and edition."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from mespace.regulation.core.facts import Fact

WORKING_DAYS: Final = "working_days"
CALENDAR_DAYS: Final = "calendar_days"
DAYS_BEFORE: Final = "days_before"
INSTANT: Final = "instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Until when something is owed.

    `working_days`: the end of the N-th working day after the date on which it began; `calendar_days`: the end of the
    N-th date after it; `days_before`: the end of the date that lies N dates before `on`; `instant`: the promised
    instant `at`. N is `days`, or what the edition names `parameter`.
    """

    form: str
    days: int | None = None
    parameter: str | None = None
    on: date | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Fact):
    """Something is owed from `since` on; it was entered at `at`, which may be later (E5)."""

    kind: str
    clause: str
    since: int
    promise: Promise
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled(Fact):
    """The vendor did what it owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(Fact):
    """The due instant passed and it was still owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoved(Fact):
    """The vendor promised another instant, for a reason (a code); the former promise stays on record."""

    due: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Fact):
    """It is owed no more, for a reason (a code)."""

    reason: str
