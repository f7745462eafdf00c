"""`mespace worktime`: check a promise by hand, on the shipped calendars, without a database."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NoReturn, TextIO

from mespace.regulation.core.calculator import MOST_DAYS, BadInputError, compute, shown
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.data.shipped import DEFAULT_CALENDAR, calendar_codes, shipped_calendar

_LONGEST_LINE = 100_000


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
    if isinstance(days, Decimal) and days.is_finite() and abs(days) <= MOST_DAYS and days == int(days):
        question["days"] = int(days)
    return question


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        msg = f"{shown(twice)}: is given twice"
        raise BadInputError(msg)
    return found


def _no_constant(text: str) -> NoReturn:
    msg = f"{text}: is no number"
    raise BadInputError(msg)


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
