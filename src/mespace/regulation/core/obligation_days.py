"""Why an obligation is due when it is: the dates from its beginning to its due instant, counted or not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from mespace.regulation.core.clock_ledger import DayGroup
from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.obligation import ObligationVerdict, promised_days
from mespace.regulation.core.obligation_facts import CALENDAR_DAYS, DAYS_BEFORE, WORKING_DAYS
from mespace.regulation.core.working_time import WorkingCalendar

DAY_ZERO: Final = "day_zero"
COUNTED: Final = "counted"
DAYS_OFF: Final = "days_off"
CALENDAR_RUN: Final = "calendar_days"
ANNOUNCED_DAY: Final = "announced_day"


@dataclass(frozen=True, slots=True)
class CountedDays:
    """Consecutive dates that count alike; `number` is the count reached with the last of them, None if uncounted."""

    days: DayGroup
    why: str
    number: int | None


def days_counted(
    given: ObligationVerdict, calendars: Mapping[str, WorkingCalendar], parameters: Parameters
) -> tuple[CountedDays, ...]:
    """Return the dates that make the due instant in force; nothing where an instant was promised."""
    calendar, promise = calendars[given.calendar], given.promise
    if promise.form == WORKING_DAYS:
        return _working(calendar, calendar.local_date(given.since), promised_days(promise, parameters))
    if promise.form == CALENDAR_DAYS:
        days = promised_days(promise, parameters)
        zero = calendar.local_date(given.since)
        return (
            CountedDays(_plain(zero, zero), DAY_ZERO, None),
            CountedDays(_plain(zero + timedelta(days=1), zero + timedelta(days=days)), CALENDAR_RUN, days),
        )
    if promise.form == DAYS_BEFORE and promise.on is not None:
        days = promised_days(promise, parameters)
        return (
            CountedDays(_plain(promise.on - timedelta(days=days), promise.on - timedelta(days=1)), CALENDAR_RUN, days),
            CountedDays(_plain(promise.on, promise.on), ANNOUNCED_DAY, None),
        )
    return ()


def _working(calendar: WorkingCalendar, zero: date, wanted: int) -> tuple[CountedDays, ...]:
    rows = [CountedDays(_group(calendar, zero), DAY_ZERO, None)]
    day, number = zero, 0
    while number < wanted:
        day += timedelta(days=1)
        group = _group(calendar, day)
        if calendar.day(day).is_working:
            number += 1
            rows.append(CountedDays(group, COUNTED, number))
            continue
        before = rows[-1]
        if before.why == DAYS_OFF and replace(before.days, last=day) == replace(group, first=before.days.first):
            rows[-1] = replace(before, days=replace(before.days, last=day))
        else:
            rows.append(CountedDays(group, DAYS_OFF, None))
    return tuple(rows)


def _group(calendar: WorkingCalendar, on: date) -> DayGroup:
    day = calendar.day(on)
    return DayGroup(on, on, day.type, day.name, day.source, day.is_provisional)


def _plain(first: date, last: date) -> DayGroup:
    """Dates of which it does not matter what the calendar says."""
    return DayGroup(first, last, "", "", "", is_provisional=False)
