"""A killed worker's job is done by the next worker."""

from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.platform.jobs import Job, defer


def run_waiting_jobs() -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


def test_a_dead_workers_job_is_queued_again(own_database: Any) -> None:
    app.perform_import_paths()
    # Not a periodic job: near its minute the worker would queue a second one, whose lock the first would wait for.
    defer(Job.REPIN_TICKETS, calendar="ru-1", is_last=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '10 minutes') returning id"
        )
        row = cursor.fetchone()
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [row[0]])
    dead = ProcrastinateJob.objects.get()
    assert dead.status == "doing"
    defer(Job.REAP_JOBS, timestamp=0)
    run_waiting_jobs()
    run_waiting_jobs()
    assert ProcrastinateJob.objects.get(pk=dead.pk).status == "succeeded"


def test_a_living_workers_job_is_left_alone(own_database: Any) -> None:
    app.perform_import_paths()
    # Not a periodic job: near its minute the worker would queue a second one, whose lock the first would wait for.
    defer(Job.REPIN_TICKETS, calendar="ru-1", is_last=True)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        row = cursor.fetchone()
        cursor.execute("select id from procrastinate_fetch_job_v2(null, %s)", [row[0]])
    busy = ProcrastinateJob.objects.get()
    defer(Job.REAP_JOBS, timestamp=0)
    run_waiting_jobs()
    assert ProcrastinateJob.objects.get(pk=busy.pk).status == "doing"
