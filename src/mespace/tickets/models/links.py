"""Ties between tickets and people, and between tickets."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from mespace.tickets.models.ticket import Ticket

_USER = settings.AUTH_USER_MODEL


class Relation(models.TextChoices):
    """How one ticket relates to another."""

    RELATED = "related", pgettext_lazy("relation", "related to")
    DUPLICATE = "duplicate", pgettext_lazy("relation", "duplicate of")
    CONTINUES = "continues", pgettext_lazy("relation", "continues")


class Link(models.Model):
    """`ticket` relates to `other`. Both are of the same customer, so whoever sees one may learn of the other."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="back_links")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    created_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other", "relation"], name="link_unique"),
            models.CheckConstraint(condition=~models.Q(ticket=models.F("other")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.relation} {self.other_id}"


class Watcher(models.Model):
    """A person who hears of a ticket; `joined` says “we have it too”."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="watchers")
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="watching")
    joined_at = models.DateTimeField(null=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="watcher_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} watches {self.ticket_id}"


class ReadMark(models.Model):
    """How far a person has read a ticket: the number of the last event that a page showed them."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="read_marks", db_index=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="read_mark_unique")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.ticket_id} to {self.seq}"
