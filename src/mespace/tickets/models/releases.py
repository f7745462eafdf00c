"""What was done on each ticket that a release concerns."""

from django.db import models
from django.utils.translation import pgettext_lazy

from mespace.products.models import Build
from mespace.tickets.models.ticket import Ticket


class AskOutcome(models.TextChoices):
    """How a ticket was asked whether the release solved it."""

    PROPOSED = "proposed", pgettext_lazy("release", "proposed as the solution")
    WRITTEN = "written", pgettext_lazy("release", "told in a message")
    FAILED = "failed", pgettext_lazy("release", "failed: it is tried again")


class ReleaseAsk(models.Model):
    """One ticket linked to a known error that the build fixes; a failed one is tried again."""

    build = models.ForeignKey(Build, on_delete=models.PROTECT, related_name="asks")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=10, choices=AskOutcome.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["build", "ticket"], name="release_ask_once")]

    def __str__(self) -> str:
        return f"{self.build_id} on {self.ticket_id}: {self.outcome}"
