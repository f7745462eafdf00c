"""How a year of the production calendar differs from a list of its days off, and a year with such changes made (E1)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from mespace.regulation.core.calendar_content import (
    DECREED_NON_WORKING,
    MOVED_DAY_OFF,
    NOT_VERIFIED,
    PUBLIC_HOLIDAY,
    WORKED_WEEKEND,
    ListedDay,
    Year,
)
from mespace.regulation.core.provisional import provisional_year

PLAIN: Final = ""  # what a day of a plain Monday-to-Friday week is in the calendar: not listed

_SATURDAY = 5
_OFF = frozenset({PUBLIC_HOLIDAY, MOVED_DAY_OFF, DECREED_NON_WORKING})


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that becomes another: `type` is PLAIN for a day that differs from a plain week no longer."""

    day: date
    before: ListedDay | None
    type: str
    source: str


def dates_of(year: int) -> list[date]:
    """Return every date of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


def weekends_of(year: int) -> set[date]:
    """Return the Saturdays and Sundays of a year."""
    return {day for day in dates_of(year) if day.weekday() >= _SATURDAY}


def is_off(day: date, listed: ListedDay | None) -> bool:
    """Tell whether a day is named a day off; a decreed non-working day is, whether or not it counts as working."""
    if listed is None:
        return day.weekday() >= _SATURDAY
    return listed.type in _OFF


def differing_days(current: Year, off: Collection[date]) -> list[DayChange]:
    """Return what would have to change for exactly the dates `off` to be the year's days off, in order."""
    law = {date.fromisoformat(day): item for day, item in provisional_year(current.number)["days"].items()}
    return [
        _changed(day, current.days.get(day), law.get(day), off=day in off)
        for day in dates_of(current.number)
        if is_off(day, current.days.get(day)) != (day in off)
    ]


def _changed(day: date, before: ListedDay | None, law: Mapping[str, str] | None, *, off: bool) -> DayChange:
    on_weekend = day.weekday() >= _SATURDAY
    if off and law is not None:
        return DayChange(day, before, law["type"], law["source"])
    if off:
        return DayChange(day, before, PLAIN if on_weekend else MOVED_DAY_OFF, "" if on_weekend else NOT_VERIFIED)
    return DayChange(day, before, WORKED_WEEKEND if on_weekend else PLAIN, NOT_VERIFIED if on_weekend else "")


def with_changes(
    content: Mapping[str, Any],
    year: int,
    changes: Iterable[DayChange],
    *,
    edition: str,
    state: str,
    known_from: date | None,
) -> dict[str, Any]:
    """Return a calendar's content, under another code, with the changes made in one of its years; KeyError without it.

    A changed day keeps its place in the order of dates. Nothing is judged here: `parse_content` does.
    """
    former = content["years"][str(year)]
    days = dict(former["days"])
    for change in changes:
        if change.type == PLAIN:
            days.pop(change.day.isoformat(), None)
        else:
            days[change.day.isoformat()] = {"type": change.type, "source": change.source or NOT_VERIFIED}
    made = {
        "state": state,
        "known_from": known_from.isoformat() if known_from else None,
        "days": {day: days[day] for day in sorted(days)},
    }
    return {**content, "edition": edition, "years": {**content["years"], str(year): made}}
