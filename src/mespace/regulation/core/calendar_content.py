"""A production calendar's content, as data: read strictly, refused by the name of what is wrong (E1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from mespace.regulation.core.errors import CalendarInvalid
from mespace.regulation.core.instants import parse_utc

WORKING: Final = "working"
WEEKEND: Final = "weekend"
PUBLIC_HOLIDAY: Final = "public_holiday"
MOVED_DAY_OFF: Final = "moved_day_off"
WORKED_WEEKEND: Final = "worked_weekend"
DECREED_NON_WORKING: Final = "decreed_non_working"

ADOPTED: Final = "adopted"
PROVISIONAL: Final = "provisional"

# What a listed day says for its source when nobody has found the act behind it.
NOT_VERIFIED: Final = "source not verified"

_LISTED = frozenset({PUBLIC_HOLIDAY, MOVED_DAY_OFF, WORKED_WEEKEND, DECREED_NON_WORKING})
_ON_WEEKDAYS_ONLY = frozenset({MOVED_DAY_OFF, DECREED_NON_WORKING})
_SATURDAY = 5
_YEAR = re.compile(r"19[7-9][0-9]|2[01][0-9]{2}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_OFFSET = 24 * 3600


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day that differs from a plain Monday-to-Friday week, and the act that makes it so."""

    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a calendar: adopted or provisional, since when it was known, and its listed days."""

    number: int
    state: str
    known_from: date | None
    days: Mapping[date, ListedDay]

    @property
    def is_provisional(self) -> bool:
        """Tell whether the year holds only weekends and statutory holidays, with its transfers still to come."""
        return self.state == PROVISIONAL


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """A calendar edition's content: `offsets` are (UTC instant, seconds ahead of UTC from then on), in order."""

    edition: str
    zone: str
    offsets: tuple[tuple[int, int], ...]
    years: Mapping[int, Year]


def parse_content(value: object) -> CalendarContent:
    """Return the content of its JSON object; years must follow each other without a gap."""
    given = _object(value, "calendar", required={"edition", "zone", "offsets", "years"})
    years = _object(given["years"], "years")
    if not years:
        msg = "years: at least one year is expected"
        raise CalendarInvalid(msg)
    parsed = {year.number: year for year in (_year(key, item) for key, item in years.items())}
    numbers = sorted(parsed)
    for before, after in pairwise(numbers):
        if after != before + 1:
            msg = f"years: {before + 1} is missing between {before} and {after}"
            raise CalendarInvalid(msg)
    return CalendarContent(
        edition=_text(given["edition"], "edition"),
        zone=_text(given["zone"], "zone"),
        offsets=_offsets(given["offsets"]),
        years={number: parsed[number] for number in numbers},
    )


def _year(key: str, value: object) -> Year:
    if not _YEAR.fullmatch(key):
        msg = f"years.{key}: a year such as 2024 is expected"
        raise CalendarInvalid(msg)
    at = f"years.{key}"
    given = _object(value, at, required={"state", "known_from", "days"})
    if given["state"] not in (ADOPTED, PROVISIONAL):
        msg = f"{at}.state: {ADOPTED} or {PROVISIONAL} is expected"
        raise CalendarInvalid(msg)
    known_from = None if given["known_from"] is None else _date(given["known_from"], f"{at}.known_from")
    days = dict(_day(int(key), text, item, at) for text, item in _object(given["days"], f"{at}.days").items())
    return Year(number=int(key), state=given["state"], known_from=known_from, days=days)


def _day(year: int, text: str, value: object, at: str) -> tuple[date, ListedDay]:
    at = f"{at}.days.{text}"
    day = _date(text, at)
    if day.year != year:
        msg = f"{at}: the day is not in the year {year}"
        raise CalendarInvalid(msg)
    given = _object(value, at, required={"type", "source"})
    if given["type"] not in _LISTED:
        msg = f"{at}.type: one of {', '.join(sorted(_LISTED))} is expected"
        raise CalendarInvalid(msg)
    on_weekend = day.weekday() >= _SATURDAY
    if given["type"] == WORKED_WEEKEND and not on_weekend:
        msg = f"{at}.type: {WORKED_WEEKEND} is for a Saturday or a Sunday"
        raise CalendarInvalid(msg)
    if given["type"] in _ON_WEEKDAYS_ONLY and on_weekend:
        msg = f"{at}.type: {given['type']} is for a day from Monday to Friday"
        raise CalendarInvalid(msg)
    return day, ListedDay(type=given["type"], source=_text(given["source"], f"{at}.source"))


def _offsets(value: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, (list, tuple)) or not value:
        msg = "offsets: a list of [UTC instant, seconds] is expected"
        raise CalendarInvalid(msg)
    parsed: list[tuple[int, int]] = []
    for number, pair in enumerate(value):
        at = f"offsets[{number}]"
        try:
            text, seconds = pair
        except (TypeError, ValueError) as error:
            msg = f"{at}: [UTC instant, seconds] is expected"
            raise CalendarInvalid(msg) from error
        try:
            instant = parse_utc(_text(text, at))
        except ValueError as error:
            msg = f"{at}: an instant such as 2014-10-25T22:00:00Z is expected"
            raise CalendarInvalid(msg) from error
        if isinstance(seconds, bool) or not isinstance(seconds, int) or abs(seconds) >= _LONGEST_OFFSET:
            msg = f"{at}: whole seconds of less than a day are expected"
            raise CalendarInvalid(msg)
        if parsed and instant <= parsed[-1][0]:
            msg = f"{at}: the instants must grow"
            raise CalendarInvalid(msg)
        parsed.append((instant, seconds))
    return tuple(parsed)


def _object(value: object, name: str, *, required: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        msg = f"{name}: an object is expected"
        raise CalendarInvalid(msg)
    if required is not None:
        for key in sorted(required - value.keys()):
            msg = f"{name}.{key}: is missing"
            raise CalendarInvalid(msg)
        for key in sorted(str(key) for key in value.keys() - required):
            msg = f"{name}.{key}: is not known"
            raise CalendarInvalid(msg)
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        msg = f"{name}: a non-empty text is expected"
        raise CalendarInvalid(msg)
    return value


def _date(value: object, name: str) -> date:
    wanted = f"{name}: a date such as 2024-12-28 is expected"
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise CalendarInvalid(wanted)
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise CalendarInvalid(wanted) from error
