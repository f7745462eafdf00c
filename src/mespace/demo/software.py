"""The last days of the software: a fix that moved, told on every linked ticket."""

from datetime import datetime, timedelta

from django.db import connection

from mespace.demo.world import World
from mespace.platform.jobs import Job
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import FixChange
from mespace.products.operations.change_known_error import change_known_error
from mespace.tickets.operations.tell_fix_changed import tell_fix_changed, tickets_to_tell

MOVED = "KE-102"


def play_software(world: World, *, now: datetime) -> list[int]:
    """Move the fix of one known error; the tickets that were told of it."""
    take_back(Job.TELL_FIX_CHANGED)
    manager = world.staff["sokolova"].actor
    error = world.known_errors[MOVED]
    error.refresh_from_db()
    at = now - timedelta(hours=3)
    change_known_error(
        actor=manager,
        now=at,
        known_error_id=error.pk,
        code=error.code,
        title=error.title,
        description=error.description,
        workaround=error.workaround,
        affected_ids=list(error.affected_builds.values_list("pk", flat=True)),
        confirmation=Confirmation(error.differs_from, error.reproduced, error.ruled_out),
        fix=Fix(planned_for_id=error.planned_for_id, planned_on=now.date() + timedelta(days=52)),
        reason="Исправление проверяется на всех моделях терминалов: испытания займут на две недели больше.",
    )
    take_back(Job.TELL_FIX_CHANGED)
    change = FixChange.objects.filter(known_error=error).latest("pk")
    told = tickets_to_tell(change=change)
    for ticket_id in told:
        tell_fix_changed(ticket_id=ticket_id, actor=manager, now=at, change=change)
    return told


def take_back(job: Job) -> None:
    """Delete what the making of the past deferred: here it is done at once."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [job.value])
