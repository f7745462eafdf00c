"""How each code of the trade is named and drawn on pages: its word, its icon and its tone."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Look(NamedTuple):
    """A code's word (lazy), icon name and tone (a CSS colour pair of tokens.css)."""

    word: str | Promise
    icon: str
    tone: str


STATUSES: dict[str, Look] = {
    "open": Look(pgettext_lazy("status", "Open"), "circle-dot", "open"),
    "analysis": Look(pgettext_lazy("status", "Analysis"), "zoom-question", "analysis"),
    "in_progress": Look(pgettext_lazy("status", "In progress"), "progress", "progress"),
    "scheduled": Look(pgettext_lazy("status", "Scheduled"), "calendar-event", "scheduled"),
    "info_requested": Look(pgettext_lazy("status", "Information requested"), "message-question", "info"),
    "solution_proposed": Look(pgettext_lazy("status", "Solution proposed"), "bulb", "proposed"),
    "suspended": Look(pgettext_lazy("status", "Suspended"), "player-pause", "suspended"),
    "closed": Look(pgettext_lazy("status", "Closed"), "circle-check", "closed"),
}

CRITICALITIES: dict[str, Look] = {
    "critical": Look(pgettext_lazy("criticality", "Critical"), "flame", "critical"),
    "non_critical": Look(pgettext_lazy("criticality", "Non-critical"), "circle", "plain"),
}

TYPES: dict[str, Look] = {
    "consultation": Look(pgettext_lazy("ticket type", "Consultation"), "help-circle", "plain"),
    "bug": Look(pgettext_lazy("ticket type", "Bug"), "bug", "plain"),
    "incident": Look(pgettext_lazy("ticket type", "Incident"), "urgent", "plain"),
    "change_request": Look(pgettext_lazy("ticket type", "Change request"), "git-merge", "plain"),
}

RESOLUTIONS: dict[str, str | Promise] = {
    "solved": pgettext_lazy("resolution", "Solved"),
    "consultation": pgettext_lazy("resolution", "Answered by consultation"),
    "known_error": pgettext_lazy("resolution", "Known error"),
    "third_party": pgettext_lazy("resolution", "Another vendor’s product"),
    "duplicate": pgettext_lazy("resolution", "Duplicate"),
    "declined": pgettext_lazy("resolution", "Declined"),
    "withdrawn": pgettext_lazy("resolution", "Withdrawn by the customer"),
}

PARTIES: dict[str, Look] = {
    "vendor": Look(pgettext_lazy("whose ball", "Support"), "tool", "vendor"),
    "customer": Look(pgettext_lazy("whose ball", "Customer"), "building-factory-2", "customer"),
    "third_party": Look(pgettext_lazy("whose ball", "Another vendor"), "world", "third"),
    "outside": Look(pgettext_lazy("whose ball", "Outside working hours"), "moon", "outside"),
    "nobody": Look(pgettext_lazy("whose ball", "Nobody: closed"), "circle-check", "nobody"),
}

CLOCKS: dict[str, Look] = {
    "running": Look(pgettext_lazy("clock", "left"), "clock", "calm"),
    "soon": Look(pgettext_lazy("clock", "left, due soon"), "clock-exclamation", "warn"),
    "overdue": Look(pgettext_lazy("clock", "overdue by"), "alert-triangle", "bad"),
    "kept": Look(pgettext_lazy("clock", "In time"), "clock-check", "good"),
    "broken": Look(pgettext_lazy("clock", "Late"), "alert-triangle", "bad"),
    "paused": Look(pgettext_lazy("clock", "Paused"), "clock-pause", "calm"),
    "withdrawn": Look(pgettext_lazy("clock", "No verdict: withdrawn"), "clock-off", "calm"),
}

FILE_ICONS: tuple[tuple[str, str], ...] = (
    ("image/", "photo"),
    ("video/", "movie"),
    ("application/pdf", "file-type-pdf"),
    ("application/zip", "file-zip"),
    ("application/x-7z", "file-zip"),
    ("application/vnd.rar", "file-zip"),
    ("application/gzip", "file-zip"),
    ("application/vnd.openxmlformats-officedocument.spreadsheet", "file-spreadsheet"),
    ("application/vnd.ms-excel", "file-spreadsheet"),
    ("text/csv", "file-spreadsheet"),
    ("application/json", "file-code"),
    ("application/xml", "file-code"),
    ("text/xml", "file-code"),
    ("text/", "file-text"),
    ("application/vnd.openxmlformats-officedocument.wordprocessing", "file-text"),
    ("application/msword", "file-text"),
)
