"""How many deadlines a second one core computes: python bench/working_time.py [COUNT].

Prints computations a second for each operation, and the ratio to a plain loop over days. Not a test: nothing here
fails when a machine is slow.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.data.shipped import shipped_calendar

MOSCOW = timezone(timedelta(hours=3))
DAY = 24 * 3600


class DayByDay:
    """The plain way: ask of each day whether it is worked, and go on to the next."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        self.calendar = calendar

    def hours(self, day: date) -> tuple[int, int] | None:
        """Return the working interval of a day, or None."""
        if not self.calendar.day(day).is_working:
            return None
        midnight = int(datetime(day.year, day.month, day.day, tzinfo=MOSCOW).timestamp())
        return midnight + 8 * 3600, midnight + 17 * 3600

    def due(self, start: int, seconds: int) -> int:
        """Return the instant at which the working seconds have passed."""
        day = datetime.fromtimestamp(start, UTC).astimezone(MOSCOW).date()
        while True:
            if hours := self.hours(day):
                begin = max(start, hours[0])
                if begin < hours[1] and seconds <= hours[1] - begin:
                    return begin + seconds
                seconds -= max(0, hours[1] - begin)
            day += timedelta(days=1)

    def between(self, start: int, end: int) -> int:
        """Return the working seconds of a span."""
        total = 0
        day = datetime.fromtimestamp(start, UTC).astimezone(MOSCOW).date()
        last = datetime.fromtimestamp(end, UTC).astimezone(MOSCOW).date()
        while day <= last:
            if hours := self.hours(day):
                total += max(0, min(end, hours[1]) - max(start, hours[0]))
            day += timedelta(days=1)
        return total

    def day_end(self, received: int, days: int) -> int:
        """Return the end of the N-th working day after the day of receipt."""
        day = datetime.fromtimestamp(received, UTC).astimezone(MOSCOW).date()
        while True:
            day += timedelta(days=1)
            if hours := self.hours(day):
                days -= 1
                if not days:
                    return hours[1]


def rate(work: Callable[[], object], count: int) -> float:
    """Return computations a second, the best of three runs."""
    best = 0.0
    for _ in range(3):
        began = time.perf_counter()
        work()
        best = max(best, count / (time.perf_counter() - began))
    return best


def main(count: int) -> None:
    """Measure and print."""
    calendar = shipped_calendar()
    plain = DayByDay(calendar)
    chance = random.Random(1)  # noqa: S311 - a repeatable sample
    last = calendar.end_instant - 500 * DAY
    starts = [chance.randrange(calendar.first_instant, last) for _ in range(count)]
    dues = [(start, chance.choice((2, 8)) * 3600) for start in starts]
    long_dues = [(start, chance.randrange(1, 1500) * 3600) for start in starts]
    pairs = [(start, start + chance.randrange(400 * DAY)) for start in starts]
    days = [(start, 3) for start in starts]
    few = max(1, count // 100)

    print(f"{count:,} computations each, the plain loop {few:,}; one core, Python {sys.version.split()[0]}")
    print(f"{'operation':34}{'per second':>14}{'plain loop':>14}{'ratio':>9}")
    for name, table, fast, slow in (
        ("due, 2 and 8 hours", dues, calendar.due, plain.due),
        ("due, up to 1,500 hours", long_dues, calendar.due, plain.due),
        ("between, up to 400 days", pairs, calendar.between, plain.between),
        ("day end, 3 days", days, calendar.day_end, plain.day_end),
    ):
        assert all(fast(a, b) == slow(a, b) for a, b in table[:few])
        ours = rate(lambda table=table, fast=fast: [fast(a, b) for a, b in table], count)
        theirs = rate(lambda table=table, slow=slow: [slow(a, b) for a, b in table[:few]], few)
        print(f"{name:34}{ours:>14,.0f}{theirs:>14,.0f}{ours / theirs:>8,.0f}×")
    for name, table in (("due, a whole table, 2 and 8 hours", dues), ("due, a whole table, long", long_dues)):
        print(f"{name:34}{rate(lambda table=table: calendar.due_many(table), count):>14,.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
