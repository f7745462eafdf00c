"""`mespace worktime`: check a promise by hand, on the shipped calendars, without a database."""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NoReturn, TextIO

from mespace.regulation.core.errors import CalendarMissing, SpanBackwards
from mespace.regulation.core.instants import offset_text
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.data.shipped import DEFAULT_CALENDAR, calendar_codes, shipped_calendar

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(?P<offset>Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_HOURS = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
_MOST_DAYS = 100_000
_MOST_DIGITS = 20  # more would be rounded on the way to seconds
_LONGEST_LINE = 100_000

_KEYS = {"due": ("from", "hours"), "between": ("from", "to"), "day_end": ("received", "days")}


class BadInputError(ValueError):
    """What was given cannot be computed; the message names the field."""


def main(argv: list[str]) -> int:
    """Return the exit status: 0 computed, 1 an error on a single question, 2 a command line that cannot be read."""
    parser = _parser()
    options = parser.parse_args(argv)
    if options.batch == (options.op is not None):
        parser.error("name one of due, between, day-end, or --batch alone")
    calendar = shipped_calendar(options.calendar)
    if options.batch:
        try:
            return batch(calendar, sys.stdin.buffer, sys.stdout)
        except BrokenPipeError:  # the reader has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
    try:
        print(_single(calendar, options))
    except BadInputError as error:
        print(f"mespace worktime: {error}", file=sys.stderr)
        return 1
    return 0


def batch(calendar: WorkingCalendar, lines: Iterable[bytes], out: TextIO) -> int:
    """Answer each JSON line with one JSON line, `{"result": …}` or `{"error": "…"}`; blank lines are passed over."""
    for raw in lines:
        if not raw.strip():
            continue
        try:
            answer: dict[str, object] = {"result": compute(calendar, _read(raw))}
        except BadInputError as error:
            answer = {"error": str(error)}
        print(json.dumps(answer, ensure_ascii=False), file=out, flush=True)
    return 0


def compute(calendar: WorkingCalendar, question: Mapping[str, object]) -> str | int:
    """Return the answer to one question of the batch form: an ISO instant, or whole seconds for `between`."""
    op = _operation(question)
    try:
        if op == "due":
            start = read_instant(question["from"], "from")
            return _shown_instant(calendar, calendar.due(start, read_hours(question["hours"], "hours")))
        if op == "between":
            return calendar.between(read_instant(question["from"], "from"), read_instant(question["to"], "to"))
        received = read_instant(question["received"], "received")
        return _shown_instant(calendar, calendar.day_end(received, read_days(question["days"], "days")))
    except SpanBackwards:
        msg = "to: lies before from"
        raise BadInputError(msg) from None
    except CalendarMissing as error:
        msg = f"{_KEYS[op][0]}: calendar {error.calendar} has no year {error.year}, which the answer needs"
        raise BadInputError(msg) from None


def _operation(question: Mapping[str, object]) -> str:
    """Return the operation, once it is known and exactly its keys are there."""
    op = question.get("op")
    if not isinstance(op, str) or op not in _KEYS:
        msg = f"op: one of {', '.join(_KEYS)} is expected"
        raise BadInputError(msg)
    for key in _KEYS[op]:
        if key not in question:
            msg = f"{key}: is missing"
            raise BadInputError(msg)
    for key in question:
        if key not in {"op", *_KEYS[op]}:
            msg = f"{_shown(key)}: is not known for {op}; expected are {', '.join(_KEYS[op])}"
            raise BadInputError(msg)
    return op


def read_instant(value: object, field: str) -> int:
    """Return the epoch seconds of an ISO instant with an offset, parts of a second cut off; BadInputError otherwise."""
    match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if match is None or not isinstance(value, str):
        msg = f"{field}: an instant such as 2024-12-27T16:30+03:00 is expected"
        raise BadInputError(msg)
    if match["offset"] is None:
        msg = f"{field}: the offset is missing; write 2024-12-27T16:30+03:00 for Moscow time"
        raise BadInputError(msg)
    try:
        instant = datetime.fromisoformat(value)
        return int(instant.replace(microsecond=0).timestamp())
    except (ValueError, OverflowError):
        msg = f"{field}: there is no such date or time"
        raise BadInputError(msg) from None


def read_hours(value: object, field: str) -> int:
    """Return the whole seconds of decimal, positive working hours; BadInputError otherwise."""
    problem = BadInputError(f"{field}: a positive decimal number of hours such as 2 or 1.5 is expected")
    if isinstance(value, bool) or not isinstance(value, (int, str, Decimal)):
        raise problem
    try:
        hours = Decimal(value)
    except InvalidOperation:
        raise problem from None
    if not hours.is_finite() or hours <= 0 or (isinstance(value, str) and not _HOURS.fullmatch(value)):
        raise problem
    if hours > _MOST_DAYS * 24:
        msg = f"{field}: more than {_MOST_DAYS * 24} hours are not computed"
        raise BadInputError(msg)
    seconds = hours * 3600
    if len(hours.as_tuple().digits) > _MOST_DIGITS or seconds != int(seconds):
        msg = f"{field}: must make whole seconds"
        raise BadInputError(msg)
    return int(seconds)


def read_days(value: object, field: str) -> int:
    """Return a whole number of working days from 1; BadInputError otherwise."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(_MOST_DAYS)):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_DAYS:
        msg = f"{field}: a whole number of days from 1 to {_MOST_DAYS} is expected"
        raise BadInputError(msg)
    return value


def _single(calendar: WorkingCalendar, options: argparse.Namespace) -> str | int:
    if options.op == "due":
        return compute(calendar, {"op": "due", "from": options.start, "hours": options.hours})
    if options.op == "between":
        return compute(calendar, {"op": "between", "from": options.start, "to": options.end})
    return compute(calendar, {"op": "day_end", "received": options.received, "days": options.days})


def _read(raw: bytes) -> Mapping[str, object]:
    if len(raw) > _LONGEST_LINE:
        msg = f"the line is longer than {_LONGEST_LINE} bytes"
        raise BadInputError(msg)
    try:
        question = json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError:
        msg = "the line is not UTF-8"
        raise BadInputError(msg) from None
    except json.JSONDecodeError as error:
        msg = f"the line is not JSON: {error.msg} at column {error.colno}"
        raise BadInputError(msg) from None
    except RecursionError:
        msg = "the line is nested too deeply"
        raise BadInputError(msg) from None
    if not isinstance(question, dict):
        msg = "the line must be a JSON object"
        raise BadInputError(msg)
    days = question.get("days")
    if isinstance(days, Decimal) and days.is_finite() and abs(days) <= _MOST_DAYS and days == int(days):
        question["days"] = int(days)
    return question


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"{_shown(twice)}: is given twice"
        raise BadInputError(msg)
    return found


def _no_constant(text: str) -> NoReturn:
    msg = f"{text}: is no number"
    raise BadInputError(msg)


def _shown_instant(calendar: WorkingCalendar, instant: int) -> str:
    return offset_text(instant, calendar.offset(instant))


def _shown(name: str) -> str:
    """Return a name from the input, short and printable."""
    return "".join(character if character.isprintable() else "?" for character in name[:50])


class _Parser(argparse.ArgumentParser):
    """Ends with status 2 and one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. Try {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mespace worktime",
        description="Working time by the production calendar and the working day of the regulation.",
        epilog="Batch lines: "
        '{"op":"due","from":"2024-12-27T16:30+03:00","hours":2}  {"op":"between","from":"…","to":"…"}  '
        '{"op":"day_end","received":"…","days":3}; each is answered with {"result": …} or {"error": "…"}.',
    )
    codes = calendar_codes()
    parser.add_argument("--batch", action="store_true", help="read JSON lines on stdin, answer each with a JSON line")
    _add_calendar(parser, codes, DEFAULT_CALENDAR)
    ops = parser.add_subparsers(dest="op", metavar="OPERATION")
    due = ops.add_parser("due", help="the instant at which so many working hours have passed")
    due.add_argument("start", metavar="INSTANT", help="with an offset: 2024-12-27T16:30+03:00")
    due.add_argument("--hours", required=True, help="decimal and positive: 2 or 1.5")
    between = ops.add_parser("between", help="the working seconds between two instants")
    between.add_argument("start", metavar="A", help="with an offset")
    between.add_argument("end", metavar="B", help="with an offset, not before A")
    day_end = ops.add_parser("day-end", help="the end of the N-th working day after the date of receipt")
    day_end.add_argument("received", metavar="RECEIVED", help="with an offset; its Moscow date is day 0")
    day_end.add_argument("--days", required=True, help="a whole number from 1")
    for operation in (due, between, day_end):
        _add_calendar(operation, codes, argparse.SUPPRESS)
    return parser


def _add_calendar(parser: argparse.ArgumentParser, codes: list[str], default: str) -> None:
    parser.add_argument(
        "--calendar", choices=codes, default=default, metavar="CODE", help=f"calendar edition: {', '.join(codes)}"
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
