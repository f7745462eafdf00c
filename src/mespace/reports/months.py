"""Months of a report, by Moscow's calendar."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mespace.regulation.queries import MOSCOW

USUAL = 12  # months
MOST = 120
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Months:
    """The months from the one that begins on `first` to the one that begins on `last`, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The instant with which the first month begins in Moscow."""
        return datetime.combine(self.first, time(), MOSCOW)

    @property
    def end(self) -> datetime:
        """The instant with which the month after the last begins in Moscow."""
        return datetime.combine(next_month(self.last), time(), MOSCOW)

    def each(self) -> list[date]:
        """The first day of every month."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(next_month(found[-1]))
        return found


def asked_months(first: str, last: str, *, now: datetime) -> Months:
    """The months that an address names, as in `2026-11`; what is not understood is the present and a year back."""
    present = now.astimezone(MOSCOW).date().replace(day=1)
    end = _month(last) or present
    start = _month(first) or months_back(end, USUAL - 1)
    if start > end:
        start, end = end, start
    return Months(max(start, months_back(end, MOST - 1)), end)


def month_code(month: date) -> str:
    """A month as addresses name it."""
    return f"{month:%Y-%m}"


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_back(month: date, count: int) -> date:
    """The first day of the month `count` months before."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def _month(text: str) -> date | None:
    match = _MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None
