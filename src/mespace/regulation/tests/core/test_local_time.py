"""The zone's clock, checked against the time zone database for zones whose clocks jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.local_time import LocalTime
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.tests.core.moscow import HOUR, PARAMETERS


def offsets_of(zone: ZoneInfo, first: int, last: int) -> list[tuple[int, int]]:
    """Return (instant, offset) at each change of a zone's offset, by walking the hours."""
    found: list[tuple[int, int]] = []
    instant = datetime(first, 1, 1, tzinfo=UTC) - timedelta(days=2)
    while instant.year <= last:
        offset = instant.astimezone(zone).utcoffset()
        assert offset is not None
        if not found or found[-1][1] != offset.total_seconds():
            found.append((int(instant.timestamp()), int(offset.total_seconds())))
        instant += timedelta(minutes=30)
    return found


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_it_agrees_with_the_time_zone_database(name: str) -> None:
    zone = ZoneInfo(name)
    local = LocalTime(offsets_of(zone, 2023, 2024))
    wall = datetime(2023, 1, 2)  # noqa: DTZ001 - a wall clock
    while wall.year < 2024:
        expected = int(wall.replace(tzinfo=zone).timestamp())
        assert local.to_utc(int(wall.replace(tzinfo=UTC).timestamp())) == expected, wall
        assert local.offset(expected) == zone.utcoffset(datetime.fromtimestamp(expected, zone)).total_seconds()
        wall += timedelta(minutes=30)


def test_a_working_day_over_a_jump_has_the_seconds_that_passed() -> None:
    zone = ZoneInfo("Europe/Berlin")
    offsets = [
        [datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), offset]
        for instant, offset in offsets_of(zone, 2024, 2024)
    ]
    content = {
        "edition": "de-1",
        "zone": "Europe/Berlin",
        "offsets": offsets,
        "years": {
            "2024": {
                "state": "adopted",
                "known_from": None,
                "days": {"2024-03-31": {"type": "worked_weekend", "source": "x"}},
            }
        },
    }
    parameters = Parameters.from_json(PARAMETERS.as_json() | {"zone": "Europe/Berlin", "day_start": "00:00"})
    calendar = WorkingCalendar.compile(content, parameters)
    start = int(datetime(2024, 3, 31, tzinfo=zone).timestamp())
    end = int(datetime(2024, 4, 1, tzinfo=zone).timestamp())
    assert calendar.between(start, end) == 16 * HOUR  # 00:00-17:00 with the hour from 02:00 skipped
    assert calendar.due(start, 16 * HOUR) == int(datetime(2024, 3, 31, 17, tzinfo=zone).timestamp())
