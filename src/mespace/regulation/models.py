"""Editions of the regulation and of the production calendar: immutable rows."""

import pgtrigger
from django.conf import settings
from django.db import models


class RegulationEdition(models.Model):
    """One edition of the regulation with all its parameters (clauses 7.3, 7.4)."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    published_on = models.DateField()
    in_force_from = models.DateField()
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-in_force_from"]
        triggers = [pgtrigger.Protect(name="edition_is_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code


class CalendarEdition(models.Model):
    """One adopted edition of the production calendar: every year that it covers, with sources."""

    code = models.CharField(max_length=20, unique=True)
    adopted_at = models.DateTimeField()
    # Nobody and nothing for those that the product ships or adds by itself.
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-adopted_at"]
        triggers = [pgtrigger.Protect(name="calendar_is_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code
