"""What acts on announcements and their events are called on pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.announcements.lifecycle import Kind, OutageKind, State

ACTS: Mapping[Kind, str | Promise] = {
    Kind.CANCELLED: _("Cancel the work"),
    Kind.MOVED: _("Move the work"),
    Kind.PROLONGED: _("Promise another instant"),
    Kind.RESTORED: _("Access is restored"),
    Kind.REVISED: _("Change the words"),
}
EVENTS: Mapping[str, str | Promise] = {
    Kind.ANNOUNCED: _("Announced"),
    Kind.CANCELLED: _("Cancelled"),
    Kind.MOVED: _("Moved and announced anew"),
    Kind.OVERRUN: _("Access was not restored at the promised instant"),
    Kind.PROLONGED: _("Announced anew with another promised instant"),
    Kind.REMINDED: _("Everybody concerned was reminded"),
    Kind.RESTORED: _("Access is restored"),
    Kind.REVISED: _("Described anew"),
    Kind.STARTED: _("The work started"),
}
OUTAGE_EVENTS: Mapping[str, str | Promise] = {
    OutageKind.ENDED: _("The outage is over"),
    OutageKind.REPORTED: _("Reported"),
    OutageKind.UPDATED: _("Update"),
}
ICONS: Mapping[str, str] = {
    Kind.ANNOUNCED: "speakerphone",
    Kind.CANCELLED: "ban",
    Kind.MOVED: "arrows-exchange",
    Kind.OVERRUN: "alert-triangle",
    Kind.PROLONGED: "clock-exclamation",
    Kind.REMINDED: "bell",
    Kind.RESTORED: "circle-check",
    Kind.REVISED: "pencil",
    Kind.STARTED: "tool",
    OutageKind.ENDED: "circle-check",
    OutageKind.REPORTED: "alert-circle",
    OutageKind.UPDATED: "message",
}
TONES: Mapping[str, str] = {
    State.ANNOUNCED: "note",
    State.RUNNING: "warn",
    State.RESTORED: "good",
    State.CANCELLED: "plain",
}
