"""A production calendar's content, as data: read strictly, refused by the name of what is wrong (E1)."""

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
_LONGEST_OFFSET = 24 * 3600


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day that differs from a plain Monday-to-Friday week; `name` is a holiday's code or empty."""

    type: str
    source: str
    name: str


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
        raise CalendarInvalid("years: at least one year is expected")
    parsed = {year.number: year for year in (_year(key, item) for key, item in years.items())}
    numbers = sorted(parsed)
    for before, after in pairwise(numbers):
        if after != before + 1:
            raise CalendarInvalid(f"years: {before + 1} is missing between {before} and {after}")
    return CalendarContent(
        edition=_text(given["edition"], "edition"),
        zone=_text(given["zone"], "zone"),
        offsets=_offsets(given["offsets"]),
        years={number: parsed[number] for number in numbers},
    )


def _year(key: str, value: object) -> Year:
    if not (len(key) == 4 and key.isascii() and key.isdigit() and int(key) >= 1970):
        raise CalendarInvalid(f"years.{key}: a year such as 2024 is expected")
    at = f"years.{key}"
    given = _object(value, at, required={"state", "known_from", "days"})
    if given["state"] not in (ADOPTED, PROVISIONAL):
        raise CalendarInvalid(f"{at}.state: {ADOPTED} or {PROVISIONAL} is expected")
    known_from = None if given["known_from"] is None else _date(given["known_from"], f"{at}.known_from")
    days = dict(_day(int(key), text, item, at) for text, item in _object(given["days"], f"{at}.days").items())
    return Year(number=int(key), state=given["state"], known_from=known_from, days=days)


def _day(year: int, text: str, value: object, at: str) -> tuple[date, ListedDay]:
    at = f"{at}.days.{text}"
    day = _date(text, at)
    if day.year != year:
        raise CalendarInvalid(f"{at}: the day is not in the year {year}")
    given = _object(value, at, required={"type", "source"}, optional={"name"})
    if given["type"] not in _LISTED:
        raise CalendarInvalid(f"{at}.type: one of {', '.join(sorted(_LISTED))} is expected")
    on_weekend = day.weekday() >= _SATURDAY
    if given["type"] == WORKED_WEEKEND and not on_weekend:
        raise CalendarInvalid(f"{at}.type: {WORKED_WEEKEND} is for a Saturday or a Sunday")
    if given["type"] in _ON_WEEKDAYS_ONLY and on_weekend:
        raise CalendarInvalid(f"{at}.type: {given['type']} is for a day from Monday to Friday")
    name = _text(given["name"], f"{at}.name") if "name" in given else ""
    return day, ListedDay(type=given["type"], source=_text(given["source"], f"{at}.source"), name=name)


def _offsets(value: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, (list, tuple)) or not value:
        raise CalendarInvalid("offsets: a list of [UTC instant, seconds] is expected")
    parsed: list[tuple[int, int]] = []
    for number, pair in enumerate(value):
        at = f"offsets[{number}]"
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise CalendarInvalid(f"{at}: [UTC instant, seconds] is expected")
        text, seconds = pair
        try:
            instant = parse_utc(_text(text, at))
        except ValueError as error:
            raise CalendarInvalid(f"{at}: an instant such as 2014-10-25T22:00:00Z is expected") from error
        if isinstance(seconds, bool) or not isinstance(seconds, int) or abs(seconds) >= _LONGEST_OFFSET:
            raise CalendarInvalid(f"{at}: whole seconds of less than a day are expected")
        if parsed and instant <= parsed[-1][0]:
            raise CalendarInvalid(f"{at}: the instants must grow")
        parsed.append((instant, seconds))
    return tuple(parsed)


def _object(
    value: object, name: str, *, required: set[str] | None = None, optional: set[str] | None = None
) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise CalendarInvalid(f"{name}: an object is expected")
    if required is not None:
        for key in sorted(required - value.keys()):
            raise CalendarInvalid(f"{name}.{key}: is missing")
        for key in sorted(str(key) for key in value.keys() - required - (optional or set())):
            raise CalendarInvalid(f"{name}.{key}: is not known")
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CalendarInvalid(f"{name}: a non-empty text is expected")
    return value


def _date(value: object, name: str) -> date:
    try:
        if not isinstance(value, str) or len(value) != 10:
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        raise CalendarInvalid(f"{name}: a date such as 2024-12-28 is expected") from error
