"""A year of a production calendar as a page shows it: twelve months, the days that differ, and how much is worked."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.functional import Promise

from mespace.regulation.core.calendar_content import NOT_VERIFIED
from mespace.regulation.core.working_time import Day, WorkingCalendar
from mespace.regulation.words import DAY_TYPES

SIGNS = {"public_holiday": "●", "moved_day_off": "→", "worked_weekend": "+", "decreed_non_working": "~"}


@dataclass(frozen=True)
class Cell:
    """One date in a month's grid."""

    number: int
    type: str
    word: str | Promise  # empty on a day of a plain week

    @property
    def sign(self) -> str:
        """The kind of day as a sign, for those who see no colours and for print."""
        return SIGNS.get(self.type, "")

    @property
    def is_listed(self) -> bool:
        """Whether the day differs from a plain week."""
        return bool(self.word)


@dataclass(frozen=True)
class Month:
    """One month: its weeks from Monday on (None: a date of another month) and its working days."""

    first: date
    weeks: list[list[Cell | None]]
    working_days: int


@dataclass(frozen=True)
class Group:
    """Days in a row that differ from a plain week in the same way and for the same reason."""

    first: date
    last: date
    type: str
    name: str
    source: str

    @property
    def is_verified(self) -> bool:
        """Whether somebody has found the act behind it."""
        return self.source != NOT_VERIFIED


@dataclass(frozen=True)
class YearView:
    """Everything on a year's page."""

    months: list[Month]
    groups: list[Group]
    working_days: int
    unverified: int
    """How many days have no verified source."""


def year_view(calendar: WorkingCalendar, year: int) -> YearView:
    """The year as `calendar` classifies it. Raises CalendarMissing for a year that it lacks."""
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    days = [calendar.day(date(year, 1, 1) + timedelta(days=number)) for number in range(length)]
    months = [_month(list(part)) for _number, part in groupby(days, key=lambda day: day.date.month)]
    listed = [day for day in days if day.source]
    return YearView(
        months=months,
        groups=_groups(listed),
        working_days=sum(month.working_days for month in months),
        unverified=sum(day.source == NOT_VERIFIED for day in listed),
    )


def _month(days: list[Day]) -> Month:
    before: list[Cell | None] = [None] * days[0].date.weekday()
    cells = before + [Cell(day.date.day, day.type, DAY_TYPES[day.type] if day.source else "") for day in days]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return Month(days[0].date, weeks, sum(day.is_working for day in days))


def _groups(days: list[Day]) -> list[Group]:
    groups: list[Group] = []
    for day in days:
        last = groups[-1] if groups else None
        facts = (day.type, day.name, day.source)
        if last and last.last + timedelta(days=1) == day.date and (last.type, last.name, last.source) == facts:
            groups[-1] = Group(last.first, day.date, *facts)
        else:
            groups.append(Group(day.date, day.date, *facts))
    return groups
