"""The verdict on an obligation: until when it was owed, whether it was kept, and by which promise (E5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, TypeVar

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import FactsInvalid, RegulationError
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.instants import utc_text
from mespace.regulation.core.obligation_facts import (
    CALENDAR_DAYS,
    DAYS_BEFORE,
    INSTANT,
    WORKING_DAYS,
    DueMoved,
    Fulfilled,
    Missed,
    Opened,
    Promise,
    Withdrawn,
)
from mespace.regulation.core.working_time import WorkingCalendar

OPEN: Final = "open"
FULFILLED: Final = "fulfilled"
LATE: Final = "late"
MISSED: Final = "missed"
WITHDRAWN: Final = "withdrawn"

Value = TypeVar("Value")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One promise of several; `reading` says how things stand by it alone: running, kept, broken or withdrawn."""

    seq: int
    due: int
    cause: str
    reason: str | None
    reading: str

    def as_json(self) -> dict[str, Any]:
        """Return the deadline's object in the bundle."""
        return {
            "seq": self.seq,
            "due": utc_text(self.due),
            "cause": self.cause,
            "reason": self.reason,
            "reading": self.reading,
        }


@dataclass(frozen=True, slots=True)
class ObligationVerdict:
    """Everything that can be said of an obligation at `as_of`; instants are epoch seconds.

    `missed_at` stays whatever follows: what was once missed is fulfilled late or withdrawn after it. A timer never
    acts before `not_before`: the entry, or the last change of the deadline. `deadlines` holds every promise.
    """

    as_of: int
    kind: str
    clause: str
    since: int
    opened_at: int
    due: int
    not_before: int
    state: str
    fulfilled_at: int | None
    missed_at: int | None
    withdrawn_at: int | None
    reason: str | None
    deadlines: tuple[Deadline, ...]
    promise: Promise
    calendar: str
    rests_on_provisional: bool

    @property
    def is_owed(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state in {OPEN, MISSED}

    @property
    def was_entered_late(self) -> bool:
        """Tell whether its first deadline had passed when it was entered."""
        return self.deadlines[0].due < self.opened_at

    @property
    def wakes_at(self) -> int | None:
        """Return the instant at which the timer notes that it was missed; None when there is nothing to wait for."""
        return max(self.due, self.not_before) if self.state == OPEN else None

    def as_json(self) -> dict[str, Any]:
        """Return the bundle's `verdict` object."""
        return {
            "as_of": utc_text(self.as_of),
            "kind": self.kind,
            "clause": self.clause,
            "since": utc_text(self.since),
            "opened_at": utc_text(self.opened_at),
            "due": utc_text(self.due),
            "state": self.state,
            "fulfilled_at": _maybe(self.fulfilled_at),
            "missed_at": _maybe(self.missed_at),
            "withdrawn_at": _maybe(self.withdrawn_at),
            "reason": self.reason,
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
        }


def promised_due(promise: Promise, *, since: int, calendar: WorkingCalendar, parameters: Parameters) -> int:
    """Return the due instant of a promise; acting at exactly that instant is in time.

    A date ends with the midnight that follows it, a working day with the edition's `day_end`.
    """
    if promise.form == INSTANT:
        return _given(promise.at, "an instant")
    days = promised_days(promise, parameters)
    if promise.form == WORKING_DAYS:
        return calendar.day_end(since, days)
    if promise.form == CALENDAR_DAYS:
        return calendar.day_begin(calendar.local_date(since) + (days + 1) * _DAY)
    if promise.form == DAYS_BEFORE:
        on: date = _given(promise.on, "a date")
        return calendar.day_begin(on - (days - 1) * _DAY)
    msg = f"a promise has no form {promise.form}"
    raise RegulationError(msg)


def promised_days(promise: Promise, parameters: Parameters) -> int:
    """Return the number of days of a promise, taken from the edition where it names one of its parameters."""
    if promise.parameter is None:
        return _given(promise.days, "a number of days")
    value = parameters.as_json().get(promise.parameter)
    if promise.days is not None or not promise.parameter.endswith("_days") or not isinstance(value, int):
        msg = f"{promise.parameter} is no number of days of the edition"
        raise RegulationError(msg)
    return value


def obligation_verdict(
    facts: Sequence[Fact], calendars: Mapping[str, WorkingCalendar], parameters: Parameters, as_of: int
) -> ObligationVerdict:
    """Return the verdict of an obligation's facts, in log order, as things stood at `as_of` (later ones are left out).

    `calendars` holds each calendar edition that the facts name, compiled with the same parameters.
    """
    opened = _check(facts, calendars)
    if as_of < opened.at:
        msg = "the verdict is asked for an instant before the obligation was entered"
        raise FactsInvalid(msg)
    course = _Course(opened, calendars, parameters)
    for fact in facts[1:]:
        if fact.at <= as_of:
            course.apply(fact)
    return course.verdict(as_of)


class _Course:
    """An obligation while its log is folded."""

    def __init__(self, opened: Opened, calendars: Mapping[str, WorkingCalendar], parameters: Parameters) -> None:
        self.opened = opened
        self.calendars = calendars
        self.parameters = parameters
        self.calendar = opened.calendar
        self.promise = opened.promise
        self.due = self._promised()
        self.not_before = opened.at
        self.deadlines: list[tuple[int, int, str, str | None]] = [(opened.seq, self.due, "opened", None)]
        self.missed_at: int | None = None
        self.fulfilled_at: int | None = None
        self.withdrawn_at: int | None = None
        self.reason: str | None = None

    @property
    def _ended_at(self) -> int | None:
        return self.withdrawn_at if self.fulfilled_at is None else self.fulfilled_at

    def apply(self, fact: Fact) -> None:
        if self._ended_at is not None:
            msg = f"fact {fact.seq}: nothing was owed any more"
            raise FactsInvalid(msg)
        self._miss_before(fact.at)
        match fact:
            case Fulfilled():
                self.fulfilled_at = fact.at
                if self.due < fact.at:
                    self._miss(max(self.due, self.not_before))
            case Missed():
                self._miss(fact.at)
            case DueMoved():
                self.promise = Promise(form=INSTANT, at=fact.due)
                self._set_due(fact, "moved", fact.reason)
            case Repinned():
                self.calendar = fact.calendar
                self._set_due(fact, "repinned", None)
            case Withdrawn():
                self.withdrawn_at, self.reason = fact.at, fact.reason
            case _:
                msg = f"fact {fact.seq}: it is no fact of an obligation"
                raise FactsInvalid(msg)

    def verdict(self, as_of: int) -> ObligationVerdict:
        if self._ended_at is None and self.due < as_of:
            self._miss(max(self.due, self.not_before))
        if self.withdrawn_at is not None:
            state = WITHDRAWN
        elif self.fulfilled_at is not None:
            state = FULFILLED if self.missed_at is None else LATE
        else:
            state = OPEN if self.missed_at is None else MISSED
        first = min(self.opened.since, self.opened.at)
        return ObligationVerdict(
            as_of=as_of,
            kind=self.opened.kind,
            clause=self.opened.clause,
            since=self.opened.since,
            opened_at=self.opened.at,
            due=self.due,
            not_before=self.not_before,
            state=state,
            fulfilled_at=self.fulfilled_at,
            missed_at=self.missed_at,
            withdrawn_at=self.withdrawn_at,
            reason=self.reason,
            deadlines=tuple(Deadline(*each, self._reading(each[1], as_of)) for each in self.deadlines),
            promise=self.promise,
            calendar=self.calendar,
            rests_on_provisional=self.promise.form == WORKING_DAYS
            and self.calendars[self.calendar].rests_on_provisional(first, self.due),
        )

    def _promised(self) -> int:
        return promised_due(
            self.promise,
            since=self.opened.since,
            calendar=self.calendars[self.calendar],
            parameters=self.parameters,
        )

    def _set_due(self, fact: Fact, cause: str, reason: str | None) -> None:
        self.due = self._promised()
        self.not_before = fact.at
        self.deadlines.append((fact.seq, self.due, cause, reason))

    def _miss_before(self, at: int) -> None:
        """A fact at the due instant is in time; what comes after it finds the obligation missed."""
        timer = max(self.due, self.not_before)
        if timer < at:
            self._miss(timer)

    def _miss(self, at: int) -> None:
        if self.missed_at is None:
            self.missed_at = at

    def _reading(self, due: int, as_of: int) -> str:
        until = as_of if self._ended_at is None else self._ended_at
        if due < until:
            return "broken"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "running" if self.fulfilled_at is None else "kept"


def _check(facts: Sequence[Fact], calendars: Mapping[str, WorkingCalendar]) -> Opened:
    if not facts or not isinstance(facts[0], Opened):
        msg = "the first fact must be the opening"
        raise FactsInvalid(msg)
    for before, fact in pairwise(facts):
        if isinstance(fact, Opened):
            msg = f"fact {fact.seq}: the obligation was opened before"
            raise FactsInvalid(msg)
        if fact.seq <= before.seq or fact.at < before.at:
            msg = f"fact {fact.seq}: it lies before fact {before.seq}"
            raise FactsInvalid(msg)
    for fact in facts:
        if isinstance(fact, (Opened, Repinned)) and fact.calendar not in calendars:
            msg = f"fact {fact.seq}: calendar {fact.calendar} was not given"
            raise RegulationError(msg)
    return facts[0]


def _given(value: Value | None, what: str) -> Value:
    if value is None:
        msg = f"the promise lacks {what}"
        raise RegulationError(msg)
    return value


def _maybe(instant: int | None) -> str | None:
    return None if instant is None else utc_text(instant)
