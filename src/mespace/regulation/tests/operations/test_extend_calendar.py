"""There is a calendar for two years ahead, whatever year it is."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.platform.jobs import Job
from mespace.regulation.core.calendar_content import parse_content
from mespace.regulation.models import CalendarEdition
from mespace.regulation.operations.extend_calendar import extend_calendar
from mespace.regulation.queries import calendar_at

pytestmark = pytest.mark.django_db
IN_2031 = datetime(2031, 3, 3, 7, 0, tzinfo=UTC)


def test_nothing_is_added_while_two_years_lie_ahead() -> None:
    before = CalendarEdition.objects.count()
    assert extend_calendar(now=datetime(2027, 12, 31, 23, 59, tzinfo=UTC)) is None
    assert CalendarEdition.objects.count() == before


def test_the_missing_years_are_added_once_and_no_known_day_changes() -> None:
    former = calendar_at(IN_2031)
    edition = extend_calendar(now=IN_2031)
    assert edition is not None
    years = parse_content(edition.content).years
    assert max(years) == 2033
    assert all(years[year].is_provisional for year in range(2030, 2034))
    assert {year: edition.content["years"][year] for year in former.content["years"]} == former.content["years"]
    assert calendar_at(IN_2031) == edition
    assert extend_calendar(now=IN_2031) is None


def test_an_extension_is_extended_in_turn() -> None:
    extend_calendar(now=datetime(2028, 1, 1, tzinfo=UTC))
    second = extend_calendar(now=datetime(2029, 1, 1, tzinfo=UTC))
    assert second is not None
    assert second.code == "ru-1-to-2031"


def test_what_runs_follows_the_extension_and_so_a_correction_that_was_extended_at_once() -> None:
    edition = extend_calendar(now=IN_2031)
    assert edition is not None
    waiting = ProcrastinateJob.objects.filter(task_name=Job.REPIN_TICKETS.value)
    assert [job.args["calendar"] for job in waiting] == [edition.code]
