"""What a maintained library knows of a year's days off: a proposal, never a source (E1)."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache

from mespace.regulation.core.calendar_changes import DayChange, dates_of, differing_days
from mespace.regulation.core.calendar_content import CalendarContent, parse_content
from mespace.regulation.queries import MOSCOW, calendar_at

OCTOBER = 10


@lru_cache(maxsize=16)
def proposed_days_off(year: int) -> Collection[date]:
    """The dates on which, by the library `holidays`, nobody works in Russia: weekends, holidays and transfers."""
    import holidays  # takes a while, and only this page needs it

    russia = holidays.country_holidays("RU", years=year)
    return frozenset(day for day in dates_of(year) if not russia.is_working_day(day))


def proposal(content: CalendarContent, year: int) -> list[DayChange]:
    """What the library has otherwise than a year of the calendar; KeyError for a year that it lacks."""
    return differing_days(content.years[year], proposed_days_off(year))


def year_without_transfers(now: datetime) -> int | None:
    """The next year, from October on while it is provisional: managers must adopt its transfers. None otherwise."""
    today = now.astimezone(MOSCOW).date()
    if today.month < OCTOBER:
        return None
    coming = parse_content(calendar_at(now).content).years.get(today.year + 1)
    return today.year + 1 if coming is None or coming.is_provisional else None
