"""What people are told of, in their words; each kind can be turned off for mail."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """One kind of news. The order is that of weight: of an act's several news, a person is told the last one here."""

    LINKED = "linked", pgettext_lazy("news", "Linked with another request")
    CORRECTED = "corrected", pgettext_lazy("news", "A message was corrected")
    JOINED = "joined", pgettext_lazy("news", "A colleague joined")
    PROGRESS = "progress", pgettext_lazy("news", "Work goes on")
    ACCEPTED = "accepted", pgettext_lazy("news", "Accepted by support")
    RECLASSIFIED = "reclassified", pgettext_lazy("news", "Type or criticality changed")
    NOTE = "note", pgettext_lazy("news", "Internal note")
    MESSAGE = "message", pgettext_lazy("news", "New message")
    FILED = "filed", pgettext_lazy("news", "New request")
    ASSIGNED = "assigned", pgettext_lazy("news", "Assigned to you")
    HANDED_OVER = "handed_over", pgettext_lazy("news", "Handed over")
    SCHEDULED = "scheduled", pgettext_lazy("news", "A fix is scheduled")
    SUSPENDED = "suspended", pgettext_lazy("news", "Suspended")
    REACTION = "reaction", pgettext_lazy("news", "The customer answered")
    REOPENED = "reopened", pgettext_lazy("news", "Reopened")
    QUESTION = "question", pgettext_lazy("news", "Information needed")
    PROPOSAL = "proposal", pgettext_lazy("news", "Solution proposed")
    REMINDER = "reminder", pgettext_lazy("news", "Your answer is awaited")
    CLOSED = "closed", pgettext_lazy("news", "Closed")
    NEAR_DEADLINE = "near_deadline", pgettext_lazy("news", "Reaction is due soon")
    BROKEN_DEADLINE = "broken_deadline", pgettext_lazy("news", "Reaction is late")
    ALARM = "alarm", pgettext_lazy("news", "Critical: key processes have stopped")


WEIGHT = {kind: weight for weight, kind in enumerate(Kind)}
# Shown in the page header only; a mail for each of these would bury those that matter.
NEVER_MAILED = frozenset({Kind.LINKED, Kind.CORRECTED, Kind.JOINED})
MAILED = tuple(kind for kind in Kind if kind not in NEVER_MAILED)
FOR_CUSTOMERS = frozenset(Kind) - {
    Kind.NOTE,
    Kind.ASSIGNED,
    Kind.REACTION,
    Kind.NEAR_DEADLINE,
    Kind.BROKEN_DEADLINE,
    Kind.ALARM,
}
FOR_STAFF = frozenset(Kind) - {
    Kind.REMINDER,
    Kind.HANDED_OVER,
    Kind.QUESTION,
    Kind.PROPOSAL,
    Kind.ACCEPTED,
    Kind.SCHEDULED,
    Kind.PROGRESS,
}
