"""Forget tables that were sent and never imported: they hold people's data."""

from datetime import datetime, timedelta

from mespace.customers.models import CustomerImport

KEPT = timedelta(days=1)


def forget_imports(*, now: datetime) -> int:
    """How many were deleted."""
    return CustomerImport.objects.filter(applied_at=None, uploaded_at__lt=now - KEPT).delete()[0]
