"""Many workers with the same job: each person is told once, on each channel, and gets one digest."""

from collections import Counter
from datetime import timedelta
from typing import Any

from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.operations.watch_deadlines import watch_deadlines
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, make_cast
from tests.concurrency.parallel import at_once

NOW = WEDNESDAY + timedelta(minutes=5)
THURSDAY = WEDNESDAY + timedelta(hours=23)  # 08:00 in Moscow
PROCESS = "Отгрузка остановлена"


def most(rows: Any) -> int:
    """How many rows the person and piece of news with the most of them have."""
    person = "recipient_id" if rows.model is Delivery else "user_id"
    found = rows.values_list(person, "subject_id", "seq", "kind", "occasion")
    return max(Counter(found).values())


def test_fifty_workers_with_one_job_tell_each_person_once(own_database: Any) -> None:
    cast = make_cast()
    ticket = cast.file(type="incident", critical=True, stopped_process=PROCESS)
    [arguments] = queued(Job.NOTIFY)
    answers = at_once([lambda: notify(**arguments, now=NOW)] * 50)
    assert [each for each in answers if isinstance(each, Exception)] == []
    agents = {cast.users[name].pk for name in ("agent", "second_agent")}
    assert set(Notification.objects.values_list("user_id", flat=True)) == agents
    assert set(Delivery.objects.values_list("recipient_id", flat=True)) == agents
    assert (most(Notification.objects.all()), most(Delivery.objects.all())) == (1, 1)
    half = ticket.registered_at + timedelta(hours=1, minutes=1)
    answers = at_once([lambda: watch_deadlines(now=half)] * 20)
    assert [each for each in answers if isinstance(each, Exception)] == []
    alarms = Notification.objects.filter(kind=Kind.HALF_LEFT)
    assert set(alarms.values_list("user_id", flat=True)) == agents
    assert (most(Notification.objects.all()), most(Delivery.objects.all())) == (1, 1)


def test_twenty_timers_plan_one_digest_for_each_person(own_database: Any) -> None:
    cast = make_cast()
    for name in ("agent", "second_agent"):
        set_preferences(actor=cast.actors[name], timings=dict.fromkeys(Kind.values, "digest"), digest=True)
    cast.file()
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=NOW)
    answers = at_once([lambda: plan_digests(now=THURSDAY)] * 20)
    assert sum(answers) == 2
    assert Delivery.objects.filter(kind=Kind.DIGEST).count() == 2
    assert not Notification.objects.filter(timing="digest", digest=None).exists()
