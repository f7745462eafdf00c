"""What people are told of, in their words; each kind can be turned off for mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One kind of news. The order is that of weight: of an act's several news, a person is told the last one here."""

    LINKED = "linked", _("Linked with another request")
    CORRECTED = "corrected", _("A message was corrected")
    JOINED = "joined", _("A colleague joined")
    PROGRESS = "progress", _("Work goes on")
    ACCEPTED = "accepted", _("Accepted by support")
    RECLASSIFIED = "reclassified", _("Type or criticality changed")
    NOTE = "note", _("Internal note")
    MESSAGE = "message", _("New message")
    FILED = "filed", _("New request")
    ASSIGNED = "assigned", _("Assigned to you")
    HANDED_OVER = "handed_over", _("Handed over")
    SCHEDULED = "scheduled", _("A fix is scheduled")
    SUSPENDED = "suspended", _("Suspended")
    REACTION = "reaction", _("The customer answered")
    REOPENED = "reopened", _("Reopened")
    QUESTION = "question", _("Information needed")
    PROPOSAL = "proposal", _("Solution proposed")
    REMINDER = "reminder", _("Your answer is awaited")
    CLOSED = "closed", _("Closed")
    NEAR_DEADLINE = "near_deadline", _("Reaction is due soon")
    BROKEN_DEADLINE = "broken_deadline", _("Reaction is late")
    ALARM = "alarm", _("Critical: key processes have stopped")


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
