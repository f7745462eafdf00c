"""Outages from their report to their end (clause 4.4)."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mespace.accounts.actor import Refused
from mespace.announcements.errors import NotNow
from mespace.announcements.models import Outage
from mespace.announcements.operations.end_outage import end_outage
from mespace.announcements.operations.report_outage import NewOutage, report_outage
from mespace.announcements.operations.update_outage import update_outage
from mespace.announcements.queries.notices import outages_between
from mespace.announcements.tests.making import HOUR, MINUTE, component, course, no_differences, reported
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def test_an_outage_is_reported_updated_and_ended(cast: Cast, queued: list[dict[str, Any]]) -> None:
    outage = reported(cast)
    update_outage(
        actor=cast.manager, now=WEDNESDAY + MINUTE, outage_id=outage.pk, text="Нашли причину.", impact="degraded"
    )
    for _ in range(2):
        end_outage(actor=cast.manager, now=WEDNESDAY + HOUR, outage_id=outage.pk, text="Исправлено.")
    outage.refresh_from_db()
    assert (outage.impact, outage.ended_at, outage.changed_at) == ("degraded", WEDNESDAY + HOUR, WEDNESDAY + HOUR)
    assert [kind for kind, _ in course(outage)] == ["reported", "updated", "ended"]
    assert [each["occasion"] for each in queued] == ["reported:1", "updated:2", "ended:3"]
    with pytest.raises(NotNow):
        update_outage(actor=cast.manager, now=WEDNESDAY + HOUR, outage_id=outage.pk, text="Ещё.", impact="down")
    with pytest.raises(DatabaseError), transaction.atomic():
        Outage.objects.filter(pk=outage.pk).update(ended_at=None)
    no_differences()


@pytest.mark.parametrize(
    "who", ["engineer", "responsible", "agent", "contractor", "director", "auditor", "administrator"]
)
def test_only_managers_report(cast: Cast, who: str) -> None:
    outage = reported(cast)
    with pytest.raises(Refused):
        report_outage(actor=cast.actors[who], now=WEDNESDAY, new=NewOutage("x", "y", [component().pk], WEDNESDAY))
    with pytest.raises(Refused):
        end_outage(actor=cast.actors[who], now=WEDNESDAY, outage_id=outage.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"began_at": WEDNESDAY + MINUTE}, "began_at"),
        ({"text": " "}, "text"),
        ({"title": ""}, "title"),
        ({"impact": "rubbish"}, "impact"),
        ({"component_ids": []}, "components"),
    ],
)
def test_what_is_wrong_is_named_by_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        reported(cast, **changes)
    assert list(refusal.value.message_dict) == [field]


def test_an_end_lies_between_the_beginning_and_now(cast: Cast) -> None:
    outage = reported(cast)
    for at in (WEDNESDAY - 2 * HOUR, WEDNESDAY + 2 * HOUR):
        with pytest.raises(ValidationError):
            end_outage(actor=cast.manager, now=WEDNESDAY + HOUR, outage_id=outage.pk, at=at)


def test_what_overlaps_a_stretch_of_time(cast: Cast) -> None:
    outage = reported(cast)
    assert outages_between(start=WEDNESDAY, end=WEDNESDAY + HOUR) == [outage]
    end_outage(actor=cast.manager, now=WEDNESDAY, outage_id=outage.pk)
    assert outages_between(start=WEDNESDAY, end=WEDNESDAY + HOUR) == []
    assert outages_between(start=WEDNESDAY - MINUTE, end=WEDNESDAY) == [outage]
    assert outages_between(start=WEDNESDAY - 2 * HOUR, end=WEDNESDAY - HOUR) == []
