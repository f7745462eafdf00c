"""What stands in a calendar of planned work."""

from collections.abc import Callable
from datetime import datetime, timedelta

from mespace.accounts.actor import Actor
from mespace.announcements.concerned import products_of
from mespace.announcements.icalendar import CalendarEntry
from mespace.announcements.lifecycle import State
from mespace.announcements.models import MaintenanceWindow
from mespace.ledger.models import Event
from mespace.platform.markdown import plain_text

KEPT = timedelta(days=90)


def calendar_entries(
    *, actor: Actor | None, now: datetime, uid_host: str, url_of: Callable[[int], str]
) -> list[CalendarEntry]:
    """Work of the last ninety days and all that is ahead: everything (no actor), or what concerns the person.

    Cancelled work stays, marked: a calendar that has it must hear of it. Three or four statements.
    """
    rows = MaintenanceWindow.objects.filter(restore_at__gt=now - KEPT)
    if actor is not None:
        rows = rows.visible_to(actor).concerning(products_of(actor, now=now))
    windows = list(rows.prefetch_related("components").select_related("stream").order_by("starts_at", "pk"))
    changed = dict(
        Event.objects.filter(stream__in=[row.stream_id for row in windows])
        .exclude(kind__in=["reminded", "started", "overrun"])
        .order_by("seq")
        .values_list("stream_id", "recorded_at")
    )
    return [
        CalendarEntry(
            uid=f"maintenance-{row.pk}@{uid_host}",
            sequence=row.sequence,
            start=row.starts_at,
            end=max(row.restored_at or row.restore_at, row.starts_at + timedelta(seconds=1)),
            summary=row.title,
            description=plain_text(row.text),
            url=url_of(row.pk),
            changed_at=changed.get(row.stream_id, row.announced_at),
            is_cancelled=row.state == State.CANCELLED,
            categories=tuple(str(component) for component in row.components.all()),
        )
        for row in windows
    ]
