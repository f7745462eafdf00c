"""The append-only log: streams of hash-chained events. It knows no kinds of its own."""

import uuid

import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from mespace.ledger.canonical import GENESIS


class Stream(models.Model):
    """One subject's history. The head columns are a projection of its last event; the row is the stream's lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=20)
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default=GENESIS)
    head_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.subject} {self.id} at {self.head_seq}"


class Event(models.Model):
    """One fact. Rows are only ever inserted: the application's database role may do nothing else here."""

    append_only = True

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor = models.CharField(max_length=40)
    payload = models.JSONField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_unique"),
            models.UniqueConstraint(fields=["stream", "prev_hash"], name="event_chain_cannot_fork"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]
        # Rows lie in the order in which they were written, so a few bytes a block find a stretch of time.
        indexes = [BrinIndex(fields=["at"], name="event_by_time", pages_per_range=16, autosummarize=True)]
        triggers = [
            # Clauses 2.1, 5.2.
            pgtrigger.Protect(name="event_is_forever", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="events_are_not_truncated",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the log is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"
