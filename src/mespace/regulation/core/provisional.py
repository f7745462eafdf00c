"""A year of the production calendar before its transfers are decreed: weekends and the holidays of the law."""

from datetime import date, timedelta
from typing import Any, Final

from mespace.regulation.core.calendar_content import PROVISIONAL

_SATURDAY: Final = 5
_LAW: Final = "Трудовой кодекс РФ, статья 112"
_NEW_YEAR: Final = tuple((1, day) for day in range(1, 9))  # its days off on weekends are moved by decree
_HOLIDAYS: Final = ((2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4))


def provisional_year(number: int) -> dict[str, Any]:
    """Return the content of a year: public holidays and, after one on a weekend, the next working day off."""
    holidays = {date(number, month, day) for month, day in (*_NEW_YEAR, *_HOLIDAYS)}
    moved: set[date] = set()
    for month, day in _HOLIDAYS:
        free = date(number, month, day)
        if free.weekday() < _SATURDAY:
            continue
        while free.weekday() >= _SATURDAY or free in holidays or free in moved:
            free += timedelta(days=1)
        moved.add(free)
    days = {day: {"type": "public_holiday", "source": _LAW} for day in holidays}
    days |= {day: {"type": "moved_day_off", "source": f"{_LAW}, часть вторая"} for day in moved}
    return {
        "state": PROVISIONAL,
        "known_from": None,
        "days": {day.isoformat(): days[day] for day in sorted(days)},
    }
