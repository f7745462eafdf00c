"""A person had an announcement's page before them."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.announcements.models import MaintenanceWindow, Outage, Seen


def mark_seen(*, actor: Actor, now: datetime, notice: MaintenanceWindow | Outage) -> None:
    """Note that the person saw it with the events that it has now, the first time only; one statement."""
    seen = Seen(stream_id=notice.stream_id, user_id=actor.person_id, version=notice.version, at=now)
    Seen.objects.bulk_create([seen], ignore_conflicts=True)
