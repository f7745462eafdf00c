"""Working time on integer epoch seconds: adding, measuring and the ends of days, by prefix sums and bisection (E1)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from mespace.regulation.core.calendar_content import (
    DECREED_NON_WORKING,
    PUBLIC_HOLIDAY,
    WEEKEND,
    WORKED_WEEKEND,
    WORKING,
    CalendarContent,
    parse_content,
)
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import CalendarMissing, RegulationError, SpanBackwards
from mespace.regulation.core.holiday_names import holiday_name
from mespace.regulation.core.local_time import LocalTime

_DAY = 24 * 3600
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Day:
    """How the calendar classifies a date; `source` is empty for a plain working day or weekend.

    `name` is the code of a public holiday, empty for any other day.
    """

    date: date
    type: str
    source: str
    name: str
    is_provisional: bool
    is_working: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open part `[start, end)` of one local date that is wholly working time or wholly not."""

    start: int
    end: int
    is_working: bool
    day: Day


class WorkingCalendar:
    """A calendar edition compiled for one edition's working day; immutable and safe to share between threads."""

    __slots__ = (
        "_before",
        "_content",
        "_day_end",
        "_day_start",
        "_decreed_days_work",
        "_ends",
        "_first_day",
        "_from",
        "_local",
        "_starts",
        "_to",
        "_worked_to",
    )

    def __init__(self, content: CalendarContent, parameters: Parameters) -> None:
        if content.zone != parameters.zone:
            msg = f"calendar {content.edition} is of the zone {content.zone}, the regulation of {parameters.zone}"
            raise RegulationError(msg)
        self._content = content
        self._day_start = parameters.day_start
        self._day_end = parameters.day_end
        self._decreed_days_work = parameters.decreed_days_work
        self._local = LocalTime(content.offsets)
        years = list(content.years)
        self._first_day = _day_number(date(years[0], 1, 1))
        last_day = _day_number(date(years[-1], 12, 31))
        self._from = self._local.to_utc(self._first_day * _DAY)
        self._to = self._local.to_utc((last_day + 1) * _DAY)
        # Entry 0 is an empty day at the calendar's beginning, so that every instant has an entry at or before it.
        self._starts = [self._from]
        self._ends = [self._from]
        self._before = [0, 0]  # working seconds before entry i; one more entry at the end holds the total
        self._worked_to: list[int] = []  # number of working days up to and including day i of the calendar
        for number in range(self._first_day, last_day + 1):
            if self.day(_date(number)).is_working:
                start = self._local.to_utc(number * _DAY + self._day_start)
                end = self._local.to_utc(number * _DAY + self._day_end)
                self._starts.append(start)
                self._ends.append(end)
                self._before.append(self._before[-1] + end - start)
            self._worked_to.append(len(self._starts) - 1)

    @classmethod
    def compile(cls, content: object, parameters: Parameters) -> Self:
        """Return the calendar of a content's JSON object; CalendarInvalid names what is wrong with it."""
        return cls(parse_content(content), parameters)

    @property
    def edition(self) -> str:
        """Return the code of the calendar edition."""
        return self._content.edition

    @property
    def zone(self) -> str:
        """Return the name of the zone in which days begin and end."""
        return self._content.zone

    @property
    def first_instant(self) -> int:
        """Return the first instant that the calendar covers."""
        return self._from

    @property
    def end_instant(self) -> int:
        """Return the first instant after the calendar's last year."""
        return self._to

    def offset(self, instant: int) -> int:
        """Return how many seconds the zone's clock is ahead of UTC at an instant."""
        return self._local.offset(instant)

    def local_date(self, instant: int) -> date:
        """Return the date that the zone's clock shows at an instant."""
        return _date(self._local.to_local(instant) // _DAY)

    def day_begin(self, day: date) -> int:
        """Return the instant of the zone's midnight with which a date begins."""
        return self._local.to_utc(_day_number(day) * _DAY)

    def due(self, start: int, seconds: int) -> int:
        """Return the instant at which `seconds` (from 1) of working time have passed since `start`."""
        if seconds < 1:
            msg = f"working seconds to add must be positive, not {seconds}"
            raise RegulationError(msg)
        if start < self._from:
            raise self._missing(start)
        before = self._before
        entry = bisect_right(self._starts, start) - 1
        total = min(before[entry] + start - self._starts[entry], before[entry + 1]) + seconds
        entry = bisect_left(before, total) - 1
        if start >= self._to or total > before[-1]:
            raise self._missing(max(start, self._to))
        return self._starts[entry] + total - before[entry]

    def due_many(self, table: Iterable[tuple[int, int]]) -> list[int]:
        """Return the due instants of a whole table of (start, working seconds), in its order."""
        starts, before, first, total_seconds, to = self._starts, self._before, self._from, self._before[-1], self._to
        dues: list[int] = []
        append = dues.append
        for start, seconds in table:
            if start < first or start >= to or seconds < 1:
                self.due(start, seconds)  # raises the error that names what is wrong
            entry = bisect_right(starts, start) - 1
            worked = before[entry] + start - starts[entry]
            end = before[entry + 1]
            total = (worked if worked < end else end) + seconds  # noqa: FURB136 - min() costs a tenth of the loop
            if total > total_seconds:
                raise self._missing(to)
            entry = bisect_left(before, total) - 1
            append(starts[entry] + total - before[entry])
        return dues

    def between(self, start: int, end: int) -> int:
        """Return the working seconds in `[start, end)`; an end before the start is SpanBackwards."""
        if end < start:
            raise SpanBackwards(start=start, end=end)
        if start < self._from:
            raise self._missing(start)
        if end > self._to or start >= self._to:
            raise self._missing(max(start, self._to))
        starts, before = self._starts, self._before
        first = bisect_right(starts, start) - 1
        last = bisect_right(starts, end) - 1
        return min(before[last] + end - starts[last], before[last + 1]) - min(
            before[first] + start - starts[first], before[first + 1]
        )

    def day_end(self, instant: int, days: int) -> int:
        """Return the end of the `days`-th working day after the local date of an instant; that date is day 0."""
        return self._ends[self._working_day_after(instant, days)]

    def day_start(self, instant: int, days: int) -> int:
        """Return the start of the `days`-th working day after the local date of an instant; that date is day 0."""
        return self._starts[self._working_day_after(instant, days)]

    def is_working(self, instant: int) -> bool:
        """Tell whether an instant is working time; the end of a working day is not."""
        self._require(instant)
        return instant < self._ends[bisect_right(self._starts, instant) - 1]

    def next_working(self, instant: int) -> int:
        """Return the instant itself in working time, otherwise the start of the next working day."""
        self._require(instant)
        entry = bisect_right(self._starts, instant)
        if instant < self._ends[entry - 1]:
            return instant
        if entry == len(self._starts):
            raise self._missing(self._to)
        return self._starts[entry]

    def day(self, day: date) -> Day:
        """Return the classification of a date: its type, its legal source, and whether its year is provisional."""
        year = self._content.years.get(day.year)
        if year is None:
            raise CalendarMissing(year=day.year, calendar=self.edition)
        listed = year.days.get(day)
        if listed is None:
            is_working = day.weekday() < _SATURDAY
            return Day(day, WORKING if is_working else WEEKEND, "", "", year.is_provisional, is_working)
        is_working = listed.type == WORKED_WEEKEND or (listed.type == DECREED_NON_WORKING and self._decreed_days_work)
        name = holiday_name(day) if listed.type == PUBLIC_HOLIDAY else ""
        return Day(day, listed.type, listed.source, name, year.is_provisional, is_working)

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """Yield `[start, end)` cut at midnights and at the ends of working days, in order and without gaps."""
        if end < start:
            raise SpanBackwards(start=start, end=end)
        number = self._local.to_local(start) // _DAY
        while start < end:
            day = self.day(_date(number))
            edges = [(self._local.to_utc((number + 1) * _DAY), False)]
            if day.is_working:
                opening = self._local.to_utc(number * _DAY + self._day_start)
                closing = self._local.to_utc(number * _DAY + self._day_end)
                edges = [(opening, False), (closing, True), *edges]
            for edge, is_working in edges:
                if start < min(edge, end):
                    yield Span(start, min(edge, end), is_working, day)
                    start = min(edge, end)
            number += 1

    def rests_on_provisional(self, start: int, end: int) -> bool:
        """Tell whether any date from that of `start` to that of `end` lies in a provisional year."""
        first, last = self.local_date(start).year, self.local_date(end).year
        for number in range(first, last + 1):
            if number not in self._content.years:
                raise CalendarMissing(year=number, calendar=self.edition)
        return any(self._content.years[number].is_provisional for number in range(first, last + 1))

    def _working_day_after(self, instant: int, days: int) -> int:
        if days < 1:
            msg = f"working days to count must be positive, not {days}"
            raise RegulationError(msg)
        self._require(instant)
        entry = self._worked_to[self._local.to_local(instant) // _DAY - self._first_day] + days
        if entry >= len(self._starts):
            raise self._missing(self._to)
        return entry

    def _require(self, instant: int) -> None:
        if not self._from <= instant < self._to:
            raise self._missing(instant)

    def _missing(self, instant: int) -> CalendarMissing:
        return CalendarMissing(year=_year(self._local.to_local(instant) // _DAY), calendar=self.edition)


def _day_number(day: date) -> int:
    return day.toordinal() - _EPOCH_ORDINAL


def _date(number: int) -> date:
    return date.fromordinal(number + _EPOCH_ORDINAL)


def _year(number: int) -> int:
    """Return the year of a day number, also far outside of what dates can hold."""
    ordinal = min(max(number + _EPOCH_ORDINAL, 1), date.max.toordinal())
    return date.fromordinal(ordinal).year
