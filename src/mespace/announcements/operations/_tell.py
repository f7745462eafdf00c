"""Queueing, in the act's own transaction, what people hear of it."""

from datetime import datetime

from mespace.announcements.concerned import people_concerned
from mespace.announcements.lifecycle import Kind, State
from mespace.announcements.models import MaintenanceWindow, Outage
from mespace.ledger.models import Event
from mespace.platform.jobs import Job, defer

RENDER_DELAY = 1  # seconds; whatever else changes in the meantime is drawn with it
MAINTENANCE, OUTAGE = "maintenance", "outage"


def tell_maintenance(window: MaintenanceWindow, *, kind: str, event: Event, now: datetime) -> None:
    """Tell everybody whom the work concerns, once for this event; no reminder after the start."""
    if kind == Kind.REMINDED and (window.starts_at <= now or window.state != State.ANNOUNCED):
        return
    defer(
        Job.ANNOUNCE,
        kind=MAINTENANCE,
        subject_kind=MAINTENANCE,
        subject_id=window.pk,
        recipients=people_concerned(list(window.components.all()), at=now),
        occasion=f"{kind}:{event.seq}",
        at=event.at.isoformat(),
    )


def tell_outage(outage: Outage, *, kind: str, event: Event, now: datetime) -> None:
    """Tell everybody whom the outage concerns, once for this event."""
    defer(
        Job.ANNOUNCE,
        kind=OUTAGE,
        subject_kind=OUTAGE,
        subject_id=outage.pk,
        recipients=people_concerned(list(outage.components.all()), at=now),
        occasion=f"{kind}:{event.seq}",
        at=event.at.isoformat(),
    )


def render_soon() -> None:
    """Have the copy of the status page drawn anew once this is committed."""
    defer(Job.RENDER_STATUS, unique="render-status", delay_seconds=RENDER_DELAY)
