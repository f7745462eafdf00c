from datetime import UTC, datetime
from typing import Any

import pytest

from mespace.notifications.models import Notification
from mespace.notifications.operations.announce import announce
from mespace.regulation.operations.watch_calendar import watch_calendar
from mespace.regulation.queries import calendar_at
from mespace.regulation.subject import calendar_words, visible_calendars

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2027, 10, 5, 6, 0, tzinfo=UTC)


@pytest.fixture
def deferred(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = []
    monkeypatch.setattr(
        "mespace.regulation.operations.watch_calendar.defer", lambda _job, **arguments: jobs.append(arguments)
    )
    return jobs


def test_nobody_is_told_before_october(cast: Any, deferred: list[dict[str, Any]]) -> None:
    assert watch_calendar(now=datetime(2027, 9, 30, 12, tzinfo=UTC)) is None
    assert deferred == []


def test_managers_are_told_once_a_month(cast: Any, deferred: list[dict[str, Any]]) -> None:
    for now in (OCTOBER, OCTOBER.replace(day=6), OCTOBER.replace(month=11)):
        assert watch_calendar(now=now) == 2028
        announce(**deferred[-1], now=now)
    assert {job["occasion"] for job in deferred} == {"2028 2027-10", "2028 2027-11"}
    told = Notification.objects.all()
    assert [line.user_id for line in told] == [cast.manager.user_id] * 2


def test_customers_see_no_such_thing(cast: Any) -> None:
    assert not visible_calendars(cast.responsible).exists()
    assert visible_calendars(cast.manager).get() == calendar_at(OCTOBER)
    assert calendar_words(cast.responsible, []) == {}
