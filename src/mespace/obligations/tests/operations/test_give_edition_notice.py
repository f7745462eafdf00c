"""A published edition is told to every customer's people, and that is an obligation with a verdict (clause 7.4)."""

from datetime import date, timedelta

import pytest

from mespace.notifications.models import Notification
from mespace.notifications.operations.announce import announce
from mespace.obligations.models import Obligation
from mespace.obligations.operations.give_edition_notice import give_edition_notice
from mespace.obligations.tests.making import WEDNESDAY, course, verified
from mespace.platform.jobs import Job
from mespace.regulation.operations import publish_edition as module
from mespace.regulation.queries import edition_in_force
from mespace.regulation.tests.making import publish
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def published(cast: Cast, monkeypatch) -> list[tuple[str, dict[str, object]]]:
    deferred: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(module, "defer", lambda job, **arguments: deferred.append((job, arguments)))
    publish(
        actor=cast.manager,
        now=WEDNESDAY,
        code="2027-01-01",
        title="Редакция от 1 января 2027 года",
        in_force_from=date(2027, 1, 1),
        parameters=edition_in_force(WEDNESDAY).parameters,
    )
    return deferred


def test_publishing_queues_the_notice(cast: Cast, monkeypatch) -> None:
    assert published(cast, monkeypatch) == [
        (Job.EDITION_PUBLISHED, {"code": "2027-01-01", "published_at": WEDNESDAY.isoformat()})
    ]


def test_the_notice_is_given_ahead_of_the_day_once(cast: Cast, monkeypatch) -> None:
    published(cast, monkeypatch)
    for _ in range(2):
        obligation = give_edition_notice(
            code="2027-01-01", published_at=WEDNESDAY, now=WEDNESDAY + timedelta(seconds=5)
        )
    assert course(obligation) == ["opened", "fulfilled"]
    verdict = verified(obligation, WEDNESDAY + timedelta(days=60))
    assert (verdict["state"], verdict["clause"], verdict["due"]) == ("fulfilled", "7.4", "2026-12-17T21:00:00Z")
    seen = Obligation.objects.visible_to(cast.responsible)
    assert list(seen) == [obligation]


def test_every_customers_people_read_of_it(cast: Cast, monkeypatch) -> None:
    published(cast, monkeypatch)
    obligation = give_edition_notice(code="2027-01-01", published_at=WEDNESDAY, now=WEDNESDAY)
    people = [cast.users[name].pk for name in ("engineer", "stranger")]
    told = announce(
        kind="edition", subject_kind="edition", subject_id=obligation.whom_id, recipients=people, now=WEDNESDAY
    )
    assert told == Notification.objects.filter(subject_kind="edition").count() == 2
