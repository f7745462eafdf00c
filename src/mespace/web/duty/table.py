"""The roster as a table: a row per person, a column per day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.functional import Promise

from mespace.accounts.attendance import midnight
from mespace.accounts.duty import Roster
from mespace.accounts.models import User
from mespace.accounts.roster import ROSTER_ZONE, AbsenceKind, Shift
from mespace.customers.entitlement import moscow_date
from mespace.regulation.core.errors import CalendarMissing
from mespace.regulation.queries import calendar_at, compiled, edition_in_force
from mespace.regulation.words import DAY_TYPES


@dataclass(frozen=True)
class Column:
    """A date, and whether the production calendar counts it as working."""

    date: date
    is_working: bool
    word: str | Promise
    is_today: bool


@dataclass(frozen=True)
class Duty:
    """A shift in the cell of the day on which it begins."""

    id: int
    words: str


@dataclass
class Cell:
    """One person's day."""

    column: Column
    duties: list[Duty] = field(default_factory=list)
    is_away: bool = False
    away_word: str | Promise = ""


@dataclass(frozen=True)
class Row:
    """A person's days."""

    person: User
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is noted on any day."""
        return not any(cell.duties or cell.is_away for cell in self.cells)


def columns_of(first: date, last: date, *, now: datetime) -> list[Column]:
    """The dates from `first` to `last`, as the calendar in use classifies them."""
    calendar = compiled(calendar_at(now).code, edition_in_force(now).code)
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        try:
            kind = calendar.day(day)
            is_working, word = kind.is_working, DAY_TYPES[kind.type]
        except CalendarMissing:
            is_working, word = day.weekday() < 5, ""  # noqa: PLR2004 - Saturday
        found.append(Column(day, is_working, word, day == moscow_date(now)))
    return found


def table_rows(roster: Roster, columns: list[Column]) -> list[Row]:
    """A row per active agent, with the shifts and absences of each day."""
    duties: dict[tuple[int, date], list[Duty]] = defaultdict(list)
    for shift in roster.shifts:
        duties[shift.user_id, moscow_date(shift.starts_at)].append(Duty(shift.pk, hours_words(shift)))
    rows = []
    for person in roster.people:
        cells = [Cell(column, duties.get((person.pk, column.date), [])) for column in columns]
        for absence in roster.absences:
            if absence.user_id != person.pk:
                continue
            for cell in cells:
                begin = midnight(cell.column.date, ROSTER_ZONE)
                if absence.starts_at < begin + timedelta(days=1) and begin < absence.ends_at:
                    cell.is_away = True
                    cell.away_word = AbsenceKind(absence.kind).label if absence.kind else ""
        rows.append(Row(person, cells))
    return rows


def hours_words(shift: Shift) -> str:
    """“08:00–17:00” by the roster's clock."""
    start, end = shift.starts_at.astimezone(ROSTER_ZONE), shift.ends_at.astimezone(ROSTER_ZONE)
    return f"{start:%H:%M}–{end:%H:%M}"
