"""What people are told of, in their words. Who hears of each, and how, is `table.py`."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """One kind of news. The order is that of weight: of an act's several news, a person is told the last one here."""

    ARTICLE = "article", pgettext_lazy("news", "New in the knowledge base")
    ARTICLE_DECIDED = "article_decided", pgettext_lazy("news", "Your article was published or sent back")
    ARTICLE_REVIEW = "article_review", pgettext_lazy("news", "An article waits for review")
    LINKED = "linked", pgettext_lazy("news", "Linked with another request")
    CALENDAR = "calendar", pgettext_lazy("news", "The working calendar changed")
    RELEASE = "release", pgettext_lazy("news", "A new version or build")
    KNOWN_ERROR = "known_error", pgettext_lazy("news", "A known error changed")
    CORRECTED = "corrected", pgettext_lazy("news", "A message was corrected")
    JOINED = "joined", pgettext_lazy("news", "A colleague joined")
    WORK = "work", pgettext_lazy("news", "Logged work was corrected")
    PROGRESS = "progress", pgettext_lazy("news", "Work goes on")
    ACCEPTED = "accepted", pgettext_lazy("news", "Accepted by support")
    RECLASSIFIED = "reclassified", pgettext_lazy("news", "Type or criticality changed")
    NOTE = "note", pgettext_lazy("news", "Internal note")
    MESSAGE = "message", pgettext_lazy("news", "New message")
    SESSION_NEWS = "session_news", pgettext_lazy("news", "News of a remote session")
    UNDELIVERED = "undelivered", pgettext_lazy("news", "A mail to the customer did not arrive")
    CONTACT = "contact", pgettext_lazy("news", "A letter or call to be registered")
    FILED = "filed", pgettext_lazy("news", "New request")
    DUTY = "duty", pgettext_lazy("news", "Your duty")
    CONTRACT_ENDS = "contract_ends", pgettext_lazy("news", "A contract ends")
    OBLIGATION = "obligation", pgettext_lazy("news", "An obligation of ours is due")
    ASSIGNED = "assigned", pgettext_lazy("news", "Assigned to you")
    HANDED_OVER = "handed_over", pgettext_lazy("news", "Handed over")
    SCHEDULED = "scheduled", pgettext_lazy("news", "A fix is scheduled")
    SUSPENDED = "suspended", pgettext_lazy("news", "Suspended")
    REACTION = "reaction", pgettext_lazy("news", "The customer answered")
    SESSION_ANSWER = "session_answer", pgettext_lazy("news", "Answer about a remote session")
    REOPENED = "reopened", pgettext_lazy("news", "Reopened")
    QUESTION = "question", pgettext_lazy("news", "Information needed")
    PROPOSAL = "proposal", pgettext_lazy("news", "Solution proposed")
    SESSION = "session", pgettext_lazy("news", "Consent to a remote session is needed")
    SESSION_SOON = "session_soon", pgettext_lazy("news", "A remote session is near")
    SESSION_LEFT = "session_left", pgettext_lazy("news", "Somebody of a remote session has left")
    REMINDER = "reminder", pgettext_lazy("news", "Your answer is awaited")
    EDITION = "edition", pgettext_lazy("news", "A new edition of the regulation")
    MAINTENANCE = "maintenance", pgettext_lazy("news", "Planned work on the tracker")
    OUTAGE = "outage", pgettext_lazy("news", "An outage of the tracker")
    CLOSED = "closed", pgettext_lazy("news", "Closed")
    NEAR_DEADLINE = "near_deadline", pgettext_lazy("news", "Reaction is due soon")
    HALF_LEFT = "half_left", pgettext_lazy("news", "Critical: half of the time to react is left")
    QUARTER_LEFT = "quarter_left", pgettext_lazy("news", "Critical: a quarter of the time to react is left")
    BROKEN_DEADLINE = "broken_deadline", pgettext_lazy("news", "Reaction is late")
    ALARM = "alarm", pgettext_lazy("news", "Critical: key processes have stopped")
    DIGEST = "digest", pgettext_lazy("news", "What you have not seen yet")  # a mail about other news


WEIGHT = {kind: weight for weight, kind in enumerate(Kind)}
