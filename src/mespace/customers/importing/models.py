"""A table that was sent to be imported."""

from django.conf import settings
from django.db import models

from mespace.customers.importing.columns import ImportKind

_USER = settings.AUTH_USER_MODEL


class CustomerImport(models.Model):
    """The rows of a table until they are imported; then only who imported what, and how much of it."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=10, choices=ImportKind.choices)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["uploaded_at"], name="customer_import_waiting", condition=models.Q(applied_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.customer_id}: {self.file_name}"
