"""What is kept for a while only."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from mespace.platform.models import IdempotencyKey

KEYS_KEPT = timedelta(days=90)  # far longer than any form stays open
BATCH = 1000


def forget_old(*, now: datetime) -> int:
    """How many rows were deleted: keys of forms that were sent long ago, and sessions that ended by themselves."""
    forgotten = 0
    old_keys = IdempotencyKey.objects.filter(created_at__lt=now - KEYS_KEPT)
    while keys := list(old_keys.values_list("pk", flat=True)[:BATCH]):
        forgotten += IdempotencyKey.objects.filter(pk__in=keys).delete()[0]
    ended = Session.objects.filter(expire_date__lt=now)
    while sessions := list(ended.values_list("session_key", flat=True)[:BATCH]):
        forgotten += Session.objects.filter(session_key__in=sessions).delete()[0]
    return forgotten
