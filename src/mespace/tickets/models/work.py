"""Work done on tickets, by service of clause 6.3."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mespace.regulation.services import Service
from mespace.tickets.models.messages import Message
from mespace.tickets.models.ticket import Ticket
from mespace.tickets.visibility import visible

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor

_USER = settings.AUTH_USER_MODEL
MOST_MINUTES = 24 * 60


class WorkQuerySet(models.QuerySet["WorkEntry"]):
    """Chainable filters of work."""

    def visible_to(self, actor: Actor) -> WorkQuerySet:
        """That on tickets which `actor` sees."""
        condition = visible(actor, prefix="ticket__")
        return self.none() if condition is None else self.filter(condition)

    def counting(self) -> WorkQuerySet:
        """What holds now: neither corrected nor withdrawn."""
        return self.filter(replaced_by__isnull=True, is_withdrawn=False)


class WorkEntry(models.Model):
    """One reading of some work: a correction or a withdrawal is a new row that replaces the former. Only ever added."""

    append_only = True

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="work", db_index=False)
    service = models.CharField(max_length=24, choices=Service.choices)
    person = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)  # who worked
    minutes = models.PositiveSmallIntegerField()
    worked_on = models.DateField()  # Moscow's
    note = models.ForeignKey(  # an internal note, written with it
        Message, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    logged_by = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+", db_index=False)
    logged_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    is_withdrawn = models.BooleanField(default=False)

    objects: ClassVar[WorkQuerySet] = WorkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES), name="work_minutes_of_a_day"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(replaces__isnull=False), name="work_withdrawn_was_there"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="work_replaces_another"
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "id"], name="work_of_ticket"),
            models.Index(
                fields=["worked_on", "id"],
                include=("ticket", "service", "person", "minutes"),
                condition=Q(is_withdrawn=False),
                name="work_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.minutes} min on {self.ticket_id}"
