"""Editions of the regulation and of the production calendar: immutable rows; and drafts, which are not."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from mespace.platform.audit import audited
from mespace.regulation.triggers import EDITION_COMES_AFTER_NOTICE, TEXT_IS_THE_PUBLISHED_ONE

_USER = settings.AUTH_USER_MODEL
LONGEST_REASON = 300


class RegulationEdition(models.Model):
    """One edition of the regulation with all its parameters (clauses 7.3, 7.4)."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    published_on = models.DateField()  # a Moscow date
    in_force_from = models.DateField()
    parameters = models.JSONField()
    digest = models.CharField(max_length=64)
    # Nothing and nobody for those that the product ships.
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    # The SHA-256 of the text that was published with it; empty: without a text, which may be entered afterwards.
    text_digest = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-in_force_from"]
        triggers = [
            # A published edition is never changed (clause 7.3).
            pgtrigger.Protect(name="edition_is_fixed", operation=pgtrigger.Update | pgtrigger.Delete),
            EDITION_COMES_AFTER_NOTICE,
        ]

    def __str__(self) -> str:
        return self.code


class EditionText(models.Model):
    """The owner's text of an edition, as published with it or entered afterwards; the newest number is shown."""

    append_only = True
    edition = models.ForeignKey(RegulationEdition, on_delete=models.PROTECT, related_name="texts", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1, and more where a transcript was corrected
    source = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of `source` in UTF-8
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)  # of a correction
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "number"], name="edition_text_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="edition_text_correction_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="text_is_fixed", operation=pgtrigger.Update | pgtrigger.Delete),
            TEXT_IS_THE_PUBLISHED_ONE,
        ]

    def __str__(self) -> str:
        return f"text {self.number} of {self.edition_id}"


@audited()
class EditionDraft(models.Model):
    """An edition that is being prepared: changed and thrown away at will, seen by managers, binding nobody."""

    code = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    in_force_from = models.DateField(null=True)
    parameters = models.JSONField()
    source = models.TextField(blank=True)  # the text as it was entered, with whatever is wrong with it
    version = models.PositiveIntegerField(default=1)  # two people who change it at once notice each other
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.code or f"draft {self.pk}"


class EditionReading(models.Model):
    """A customer's person opened the edition's page: the receipt of its notice (clause 7.4)."""

    append_only = True
    edition = models.ForeignKey(RegulationEdition, on_delete=models.PROTECT, related_name="readings", db_index=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()  # the first time

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "user"], name="edition_reading_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} opened by {self.user_id}"


class CalendarEdition(models.Model):
    """One adopted edition of the production calendar: every year that it covers, with sources."""

    code = models.CharField(max_length=20, unique=True)
    adopted_at = models.DateTimeField()
    # Nobody and nothing for those that the product ships or adds by itself.
    adopted_by = models.ForeignKey(_USER, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-adopted_at"]
        triggers = [pgtrigger.Protect(name="calendar_is_fixed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.code
