"""What the core's tests share: the shipped calendar, instants in Moscow time, and a slow model to compare with."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.data.shipped import calendar_content, edition, shipped_calendar

MOSCOW = timezone(timedelta(hours=3))
CALENDAR: WorkingCalendar = shipped_calendar()
PARAMETERS: Parameters = edition("2019-09-01").parameters
CALENDARS = {"ru-1": CALENDAR}
HOUR = 3600


def at(text: str) -> int:
    """Return the instant of a Moscow wall-clock text such as `2024-12-27 16:30`."""
    return int(datetime.fromisoformat(text).replace(tzinfo=MOSCOW).timestamp())


def shown(instant: int) -> str:
    """Return the Moscow wall clock of an instant, for readable assertions."""
    return datetime.fromtimestamp(instant, MOSCOW).strftime("%Y-%m-%d %H:%M:%S")


def corrected(changes: dict[str, dict[str, str] | None], *, code: str = "ru-2") -> WorkingCalendar:
    """Return the shipped calendar with days put in, replaced, or (None) taken out of its list."""
    content: dict[str, Any] = calendar_content("ru-1") | {"edition": code}
    for day, listed in changes.items():
        days = content["years"][day[:4]]["days"]
        if listed is None:
            del days[day]
        else:
            days[day] = listed
    return WorkingCalendar.compile(content, PARAMETERS)


class SlowModel:
    """Working time by asking of each single second whether it is worked: too slow to use, too simple to be wrong."""

    def __init__(self, *, zone: timezone = MOSCOW, content: dict[str, Any] | None = None) -> None:
        self.zone = zone
        self.years = (content or calendar_content("ru-1"))["years"]

    def is_worked_day(self, day: date) -> bool:
        listed = self.years[str(day.year)]["days"].get(day.isoformat())
        if listed is None:
            return day.weekday() < 5
        return listed["type"] in ("worked_weekend", "decreed_non_working")

    def is_working(self, instant: int) -> bool:
        local = datetime.fromtimestamp(instant, UTC).astimezone(self.zone)
        return 8 <= local.hour < 17 and self.is_worked_day(local.date())

    def between(self, start: int, end: int) -> int:
        return sum(self.is_working(second) for second in range(start, end))

    def due(self, start: int, seconds: int) -> int:
        instant = start
        while True:
            seconds -= self.is_working(instant)
            instant += 1
            if seconds == 0:
                return instant

    def day_end(self, instant: int, days: int) -> int:
        day = datetime.fromtimestamp(instant, UTC).astimezone(self.zone).date()
        while days:
            day += timedelta(days=1)
            days -= self.is_worked_day(day)
        return int(datetime(day.year, day.month, day.day, 17, tzinfo=self.zone).timestamp())
