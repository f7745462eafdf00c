"""Forget archives that were sent and never imported; their files go with the next sweep of unnamed ones."""

from datetime import datetime, timedelta

from mespace.knowledge.models import SpaceImport

KEPT = timedelta(days=1)


def forget_space_imports(*, now: datetime) -> int:
    """How many were deleted."""
    return SpaceImport.objects.filter(applied_at=None, uploaded_at__lt=now - KEPT).delete()[0]
