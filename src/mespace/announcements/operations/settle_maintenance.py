"""The sweep: reminders, starts and promised instants that have come."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from mespace.announcements.lifecycle import State
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.operations._act import settle_window

BATCH = 200
# A restoration that was said in the last seconds may be on its way; the fact carries the promised instant anyway.
GRACE = timedelta(seconds=30)

__all__ = ["due_windows", "settle_window"]


def due_windows(*, now: datetime) -> Iterator[int]:
    """Rows whose next instant has come, the longest due first, each once; one that cannot be settled is passed by."""
    overrun = Q(state=State.RUNNING, wake_at__lt=now - GRACE)
    rows = MaintenanceWindow.objects.filter(Q(wake_at__lte=now) & (Q(state=State.ANNOUNCED) | overrun))
    rows = rows.order_by("wake_at", "pk")
    seen: set[int] = set()
    while batch := list(rows.exclude(pk__in=seen).values_list("pk", flat=True)[:BATCH]):
        seen.update(batch)
        yield from batch
