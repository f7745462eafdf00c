"""The course of an obligation in words: what happened, who did it, and what was promised when."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mespace.ledger.models import Event
from mespace.obligations.clocks import instant
from mespace.obligations.lifecycle import Kind
from mespace.obligations.queries.obligation import ObligationView
from mespace.regulation.core.instants import parse_utc
from mespace.web.acts.course import plain_instant
from mespace.web.timeline import CourseEntry
from mespace.web.vocabulary import Look

CAUSES: dict[str, str | Promise] = {
    "opened": gettext_lazy("first promised"),
    "moved": gettext_lazy("moved"),
    "repinned": gettext_lazy("production calendar corrected"),
}
READINGS: dict[str, Look] = {
    "running": Look(pgettext_lazy("obligation", "running"), "clock", "note"),
    "kept": Look(pgettext_lazy("obligation", "kept by this deadline"), "clock-check", "good"),
    "broken": Look(pgettext_lazy("obligation", "broken by this deadline"), "alert-triangle", "bad"),
    "withdrawn": Look(pgettext_lazy("obligation", "withdrawn"), "clock-off", "plain"),
}
ICONS = {
    Kind.OPENED: "circle-dot",
    Kind.MISSED: "alert-triangle",
    Kind.FULFILLED: "circle-check",
    Kind.DUE_MOVED: "calendar-event",
    Kind.REPINNED: "calendar-event",
    Kind.WITHDRAWN: "circle-x",
}


def deadline_rows(view: ObligationView) -> list[dict[str, Any]]:
    """Every deadline that was promised, in order, with how things stand by it alone."""
    last = len(view.verdict.deadlines) - 1
    return [
        {
            "due": instant(one.due),
            "cause": CAUSES[one.cause],
            "reason": view.reason_word(one.reason) if one.reason else "",
            "look": READINGS[one.reading],
            "in_force": number == last,
        }
        for number, one in enumerate(view.verdict.deadlines)
    ]


def course_of(view: ObligationView) -> list[CourseEntry]:
    """The events as entries of the kit's time line."""
    return [
        CourseEntry(
            kind="event",
            anchor=f"e{event.seq}",
            at=event.at,
            icon=ICONS[Kind(event.kind)],
            text=_text(event, view),
        )
        for event in view.events
    ]


def _text(event: Event, view: ObligationView) -> str:
    payload, kind = event.payload, Kind(event.kind)
    who = view.name_of(event.actor)
    if kind == Kind.OPENED:
        words = _("Owed since %(since)s") % {"since": plain_instant(_at(payload["since"]))}
        if view.verdict.was_entered_late:
            words += ". " + _("It was entered when its end had passed: broken from the start")
    elif kind == Kind.MISSED:
        words = _("Not done in time; still owed")
    elif kind == Kind.FULFILLED:
        way = view.way_word(payload["how"]) if "how" in payload else ""
        words = _("Done: %(way)s") % {"way": way} if way else _("Done")
    elif kind == Kind.WITHDRAWN:
        words = _("Withdrawn: %(reason)s") % {"reason": view.reason_word(payload["reason"])}
    else:
        old, new = plain_instant(_at(payload["old"])), plain_instant(_at(payload["new"]))
        words = _("Deadline moved from %(old)s to %(new)s") % {"old": old, "new": new}
        reason = (
            view.reason_word(payload["reason"]) if "reason" in payload else _("the production calendar was corrected")
        )
        words += f": {reason}"
    note = view.notes.get(event.seq)
    if note:
        words += f" — «{note}»"
    return f"{words}. {who}" if who else f"{words}."


def _at(text: str) -> datetime:
    return instant(parse_utc(text))
