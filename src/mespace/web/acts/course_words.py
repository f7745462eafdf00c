"""The words and icons by which the course of a ticket is told: evidence, answers, relations, fields, labels."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.tickets.events import Kind
from mespace.tickets.models import MessageKind

Words = str | Promise

EVIDENCE: dict[str, Words] = {
    "read": gettext_lazy("the page with it was opened"),
    "mail": gettext_lazy("the recipient's mail server confirmed it"),
    "presumed": gettext_lazy("by the rule, since there was no other evidence by the end of the next working day"),
    "reaction": gettext_lazy("by the answer itself"),
}
ANSWERS: dict[str, Words] = {
    "solution": gettext_lazy("Proposed solution"),
    "consultation": pgettext_lazy("what the answer is", "Consultation"),
    "article": gettext_lazy("Article of the knowledge base"),
    "change": gettext_lazy("Proposal for a change"),
}
RELATIONS: dict[str, tuple[Words, Words]] = {
    "related": (gettext_lazy("Linked with %(key)s"), gettext_lazy("No longer linked with %(key)s")),
    "duplicate": (gettext_lazy("Duplicate of %(key)s"), gettext_lazy("No longer a duplicate of %(key)s")),
    "article": (gettext_lazy("Answered with the article %(key)s"), gettext_lazy("No longer answered with %(key)s")),
    "continues": (gettext_lazy("Continues %(key)s"), gettext_lazy("No longer continues %(key)s")),
}
FIELDS: dict[str, Words] = {
    "site": pgettext_lazy("detail", "site"),
    "area": pgettext_lazy("detail", "area"),
    "work_center": pgettext_lazy("detail", "work center"),
    "build": pgettext_lazy("detail", "build"),
    "what_was_done": pgettext_lazy("detail", "what was done"),
    "expected": pgettext_lazy("detail", "what was expected"),
    "stopped_process": pgettext_lazy("detail", "which key process has stopped"),
}
ICONS: dict[str, str] = {
    Kind.ACCEPTED: "clipboard-check",
    Kind.ANALYSIS_RESUMED: "zoom-question",
    Kind.ASKED: "message-question",
    Kind.ASSIGNED: "user-check",
    Kind.CLOSED: "circle-check",
    Kind.CRITICALITY_PROPOSED: "flame",
    Kind.CUSTOMER_REACTED: "arrow-back-up",
    Kind.DUPLICATE_UNDONE: "copy",
    Kind.EDITED: "pencil",
    Kind.FILED: "circle-dot",
    Kind.FILE_REMOVED: "eraser",
    Kind.FIX_CHANGED: "calendar-event",
    Kind.HANDED_OVER: "user-share",
    Kind.JOINED: "user-plus",
    Kind.KNOWN_ERROR_LINKED: "bug",
    Kind.KNOWN_ERROR_UNLINKED: "unlink",
    Kind.LINKED: "link",
    Kind.MESSAGE_CORRECTED: "history",
    Kind.MESSAGE_REMOVED: "eraser",
    Kind.OUTSIDE_SUPPORT: "ban",
    Kind.PROPOSED: "bulb",
    Kind.REACTION_RECORDED: "phone",
    Kind.RECEIPT: "checks",
    Kind.RECLASSIFIED: "adjustments",
    Kind.REMINDED: "bell",
    Kind.REOPENED: "refresh",
    Kind.REPINNED: "calendar-clock",
    Kind.RETRACTED: "arrow-back-up",
    Kind.SCHEDULED: "calendar-event",
    Kind.SESSION_CANCELLED: "circle-x",
    Kind.SESSION_CONSENTED: "shield-check",
    Kind.SESSION_CONSENT_WITHDRAWN: "shield-off",
    Kind.SESSION_ENDED: "plug-connected-x",
    Kind.SESSION_MISSED: "user-off",
    Kind.SESSION_PROPOSED: "screen-share",
    Kind.SESSION_REFUSED: "shield-off",
    Kind.SESSION_STARTED: "plug-connected",
    Kind.SOLUTION_ACCEPTED: "circle-check",
    Kind.SUSPENDED: "player-pause",
    Kind.SUSPENDED_UNANSWERED: "player-pause",
    Kind.UNLINKED: "unlink",
    Kind.WITHDRAWN: "circle-x",
    Kind.WITHIN_SUPPORT: "shield-check",
    Kind.WORK_CORRECTED: "history",
    Kind.WORK_LOGGED: "stopwatch",
    Kind.WORK_STARTED: "progress",
    Kind.WORK_WITHDRAWN: "eraser",
}
LABELS: dict[str, tuple[Words, str]] = {
    MessageKind.DESCRIPTION: (pgettext_lazy("label of a message", "Description"), "plain"),
    MessageKind.QUESTION: (pgettext_lazy("label of a message", "Question"), "info"),
    MessageKind.CLOSING: (pgettext_lazy("label of a message", "Answer"), "good"),
    MessageKind.REACTION: (pgettext_lazy("label of a message", "Reply"), "plain"),
    MessageKind.REASON: (pgettext_lazy("label of a message", "Reason"), "plain"),
}
