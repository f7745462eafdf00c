"""What is kept for a while only."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from mespace.platform.models import IdempotencyKey

KEYS_KEPT = timedelta(days=90)  # far longer than any form stays open
BATCH = 1000


def forget_old(*, now: datetime) -> int:
    """How many rows were deleted: keys of forms that were sent long ago, and sessions that ended by themselves."""
    old_keys = IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT)
    ended = Session.objects.filter(expire_date__lt=now)
    forgotten = 0
    for rows in (old_keys, ended):
        while batch := list(rows.values_list("pk", flat=True)[:BATCH]):
            forgotten += rows.model.objects.filter(pk__in=batch).delete()[0]
    return forgotten
