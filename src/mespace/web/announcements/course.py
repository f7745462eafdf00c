"""The course of planned work or an outage in words, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import Impact
from mespace.announcements.queries.notices import CourseLine
from mespace.announcements.words import span_words, when_words
from mespace.web.announcements.vocabulary import EVENTS, ICONS, OUTAGE_EVENTS
from mespace.web.prose import prose


@dataclass(frozen=True)
class Line:
    """One event: when, what, details in a sentence, the text that came with it, and who (where shown)."""

    at: datetime
    word: str | Promise
    icon: str
    details: str
    text: SafeString
    name: str
    recorded_at: datetime | None


def maintenance_course(lines: Sequence[CourseLine]) -> list[Line]:
    """Of planned work."""
    return [_line(line, EVENTS[line.event.kind], _details(line)) for line in reversed(lines)]


def outage_course(lines: Sequence[CourseLine]) -> list[Line]:
    """Of an outage."""
    return [_line(line, OUTAGE_EVENTS[line.event.kind], _impact(line)) for line in reversed(lines)]


def _line(line: CourseLine, word: str | Promise, details: str) -> Line:
    late = line.event.recorded_at - line.event.at
    return Line(
        at=line.event.at,
        word=word,
        icon=ICONS[line.event.kind],
        details=details,
        text=prose(line.text),
        name=line.name,
        recorded_at=line.event.recorded_at if late.total_seconds() >= 60 else None,  # noqa: PLR2004 - a minute
    )


def _details(line: CourseLine) -> str:
    said = line.event.payload
    match line.event.kind:
        case Kind.ANNOUNCED | Kind.MOVED:
            return span_words(_instant(said["starts"]), _instant(said["restore"]))
        case Kind.PROLONGED:
            return _("promised for %(new)s instead of %(old)s") % {
                "new": when_words(_instant(said["restore"])),
                "old": when_words(_instant(said["old_restore"])),
            }
        case Kind.RESTORED:
            return when_words(_instant(said["restored"]))
        case Kind.REMINDED:
            return _("an hour ahead") if said["ahead"] == "hour" else _("a day ahead")
    return ""


def _impact(line: CourseLine) -> str:
    said = line.event.payload
    if "ended" in said:
        return when_words(_instant(said["ended"]))
    return str(Impact(said["impact"]).label)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
