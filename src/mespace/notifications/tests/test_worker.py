"""From an act on a ticket to a mail that left, through the real queue and worker."""

from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django import app

from mespace.notifications.models import Delivery, Notification, State
from mespace.platform import clock
from mespace.platform.jobs import Job, defer
from tests.cast import make_cast

pytestmark = pytest.mark.long


def run_waiting_jobs() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


def test_a_filed_request_rings_and_is_mailed(own_database: Any, settings: Any) -> None:
    settings.MAIL_IS_SET = True
    app.perform_import_paths()
    cast = make_cast()
    ticket = cast.file(now=clock.now())
    assert not Notification.objects.exists()
    run_waiting_jobs()
    run_waiting_jobs()
    assert set(Notification.objects.values_list("user_id", flat=True)) == {
        cast.agent.user_id,
        cast.second_agent.user_id,
    }
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
    assert sorted(one.to[0] for one in mail.outbox) == ["agent@example.org", "second_agent@example.org"]
    assert all(ticket.key in one.subject for one in mail.outbox)


def test_the_periodic_jobs_run(own_database: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    app.perform_import_paths()
    for job in (Job.WATCH_DEADLINES, Job.SWEEP_DELIVERIES):
        defer(job, timestamp=0)
    run_waiting_jobs()
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
