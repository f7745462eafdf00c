"""The calculator's questions: instants, hours and days read strictly, each error naming its field (E5)."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from mespace.regulation.core.errors import CalendarMissing, SpanBackwards
from mespace.regulation.core.instants import offset_text
from mespace.regulation.core.working_time import WorkingCalendar

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_HOURS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
MOST_DAYS: Final = 100_000
_MOST_DIGITS = 20  # more would be rounded on the way to seconds

KEYS: Final = {"due": ("from", "hours"), "between": ("from", "to"), "day_end": ("received", "days")}

NO_INSTANT: Final = "no_instant"
NO_OFFSET: Final = "no_offset"
NO_SUCH_DATE: Final = "no_such_date"
NO_HOURS: Final = "no_hours"
TOO_MANY_HOURS: Final = "too_many_hours"
NO_WHOLE_SECONDS: Final = "no_whole_seconds"
NO_DAYS: Final = "no_days"
BACKWARDS: Final = "backwards"
NO_CALENDAR: Final = "no_calendar"


class BadInputError(ValueError):
    """What was given cannot be computed: `field`, and `problem` as a code for interfaces that speak other languages."""

    def __init__(self, message: str, *, field: str = "", problem: str = "") -> None:
        self.field, self.problem, self.message = field, problem, message
        super().__init__(f"{field}: {message}" if field else message)


def compute(calendar: WorkingCalendar, question: Mapping[str, object]) -> str | int:
    """Return the answer to one question: an ISO instant in the calendar's zone, or whole seconds for `between`."""
    op = _operation(question)
    first = KEYS[op][0]
    try:
        if op == "due":
            start = read_instant(question["from"], "from")
            return _shown_instant(calendar, calendar.due(start, read_hours(question["hours"], "hours")))
        if op == "between":
            return calendar.between(read_instant(question["from"], "from"), read_instant(question["to"], "to"))
        received = read_instant(question["received"], "received")
        return _shown_instant(calendar, calendar.day_end(received, read_days(question["days"], "days")))
    except SpanBackwards:
        raise BadInputError("lies before from", field="to", problem=BACKWARDS) from None
    except CalendarMissing as error:
        text = f"calendar {error.calendar} has no year {error.year}, which the answer needs"
        raise BadInputError(text, field=first, problem=NO_CALENDAR) from None


def _operation(question: Mapping[str, object]) -> str:
    """Return the operation, once it is known and exactly its keys are there."""
    op = question.get("op")
    if not isinstance(op, str) or op not in KEYS:
        raise BadInputError(f"one of {', '.join(KEYS)} is expected", field="op")
    for key in KEYS[op]:
        if key not in question:
            raise BadInputError("is missing", field=key)
    for key in question:
        if key not in {"op", *KEYS[op]}:
            raise BadInputError(f"is not known for {op}; expected are {', '.join(KEYS[op])}", field=shown(key))
    return op


def read_instant(value: object, field: str) -> int:
    """Return the epoch seconds of an ISO instant with an offset, parts of a second cut off; BadInputError otherwise."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None or not isinstance(value, str):
        text = "an instant such as 2024-12-27T16:30+03:00 is expected"
        raise BadInputError(text, field=field, problem=NO_INSTANT)
    if match["offset"] is None:
        text = "the offset is missing; write 2024-12-27T16:30+03:00 for Moscow time"
        raise BadInputError(text, field=field, problem=NO_OFFSET)
    try:
        instant = datetime.fromisoformat(value)
        return int(instant.replace(microsecond=0).timestamp())
    except (ValueError, OverflowError):
        raise BadInputError("there is no such date or time", field=field, problem=NO_SUCH_DATE) from None


def read_hours(value: object, field: str) -> int:
    """Return the whole seconds of decimal, positive working hours; BadInputError otherwise."""
    text = "a positive decimal number of hours such as 2 or 1.5 is expected"
    wrong = BadInputError(text, field=field, problem=NO_HOURS)
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise wrong
    try:
        hours = Decimal(value)
    except InvalidOperation:
        raise wrong from None
    if not hours.is_finite() or hours <= 0 or (isinstance(value, str) and not _HOURS.fullmatch(value)):
        raise wrong
    if hours > MOST_DAYS * 24:
        text = f"more than {MOST_DAYS * 24} hours are not computed"
        raise BadInputError(text, field=field, problem=TOO_MANY_HOURS)
    seconds = hours * 3600
    if len(hours.as_tuple().digits) > _MOST_DIGITS or seconds != int(seconds):
        raise BadInputError("must make whole seconds", field=field, problem=NO_WHOLE_SECONDS)
    return int(seconds)


def read_days(value: object, field: str) -> int:
    """Return a whole number of working days from 1; BadInputError otherwise."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(MOST_DAYS)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        text = f"a whole number of days from 1 to {MOST_DAYS} is expected"
        raise BadInputError(text, field=field, problem=NO_DAYS)
    return value


def shown(name: str) -> str:
    """Return a name from the input, short and printable."""
    return "".join(character if character.isprintable() else "?" for character in name[:50])


def _shown_instant(calendar: WorkingCalendar, instant: int) -> str:
    return offset_text(instant, calendar.offset(instant))
