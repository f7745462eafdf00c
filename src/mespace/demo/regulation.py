"""The demo's second edition of the regulation, announced and not yet in force; its texts are samples of our own."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from mespace.customers.entitlement import moscow_date
from mespace.demo.world import World
from mespace.notifications.operations.announce import announce
from mespace.obligations.operations.give_edition_notice import give_edition_notice
from mespace.platform.jobs import Job
from mespace.regulation.models import RegulationEdition
from mespace.regulation.operations._draft import DraftFields
from mespace.regulation.operations.enter_text import enter_text
from mespace.regulation.operations.note_reading import note_reading
from mespace.regulation.operations.publish_edition import publish_edition
from mespace.regulation.operations.start_draft import start_draft
from mespace.regulation.queries import editions_at

DATA = Path(__file__).parent / "data"
PUBLISHED = timedelta(days=3)  # ago
IN_FORCE = timedelta(days=18)  # ahead, so that the demo's tickets keep the first edition
CHANGES = {
    "reaction_seconds": {"critical": 7200, "non_critical": 6 * 3600},
    "answer_days": 4,
    "reopen_seconds": 1814400,
}


def play_regulation(world: World, *, now: datetime) -> RegulationEdition:
    """The announced edition: prepared and published by the manager, told to all customers' people, opened by some."""
    manager, published = world.staff["sokolova"].actor, now - PUBLISHED
    present = editions_at(published).present
    enter_text(actor=manager, now=published, code=present.code, source=_sample("first"))
    day = moscow_date(now) + IN_FORCE
    title = f"Регламент технической поддержки, редакция от {day:%d.%m.%Y} (демонстрация)"
    fields = DraftFields(day.isoformat(), title, day, present.parameters | CHANGES, _sample("second"))
    draft = start_draft(actor=manager, now=published, fields=fields)
    edition = publish_edition(actor=manager, now=published, draft_id=draft.pk, version=draft.version)
    give_edition_notice(code=edition.code, published_at=published, now=published)
    _tell(edition, at=published)
    readers = [person.actor for factory in world.factories.values() for person in factory.people[::2]]
    for number, reader in enumerate(readers):
        note_reading(actor=reader, edition_id=edition.pk, now=published + timedelta(hours=2 + number))
    return edition


def _sample(name: str) -> str:
    return (DATA / f"regulation-{name}.md").read_text(encoding="utf-8")


def _tell(edition: RegulationEdition, *, at: datetime) -> None:
    """The news that was queued for the worker, told at its instant instead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s OR (task_name = %s AND args ->> 'subject_kind' = %s)"
            " RETURNING args",
            [Job.EDITION_PUBLISHED.value, Job.ANNOUNCE.value, "edition"],
        )
        jobs = [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]
    for job in jobs:
        if "recipients" in job:
            announce(
                kind="edition", subject_kind="edition", subject_id=edition.pk, recipients=job["recipients"], now=at
            )
