"""Planned work as an iCalendar (RFC 5545): whoever subscribes sees it in their own calendar, and its moves."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75  # the longest line, without its end
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class CalendarEntry:
    """One event of a calendar. `sequence` grows with every change; `uid` never changes."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    description: str
    url: str
    changed_at: datetime
    is_cancelled: bool
    categories: tuple[str, ...] = ()


def calendar(entries: Iterable[CalendarEntry], *, name: str, now: datetime) -> bytes:
    """The calendar as UTF-8 with CR LF line ends, folded; instants in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MESPACE//Support//RU",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
    ]
    for entry in entries:
        lines += _event(entry, now)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(entry: CalendarEntry, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(entry.uid)}",
        f"DTSTAMP:{_utc(now)}",
        f"LAST-MODIFIED:{_utc(entry.changed_at)}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTART:{_utc(entry.start)}",
        f"DTEND:{_utc(entry.end)}",
        f"SUMMARY:{escaped(entry.summary)}",
        *([f"DESCRIPTION:{escaped(entry.description)}"] if entry.description.strip() else []),
        *([f"CATEGORIES:{','.join(map(escaped, entry.categories))}"] if entry.categories else []),
        f"URL:{_uri(entry.url)}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A text value: nothing in it can end its line or begin another property."""
    one = text.replace("\r\n", "\n").replace("\r", "\n")
    one = _CONTROL.sub("", one)
    for sign in ("\\", ";", ","):
        one = one.replace(sign, "\\" + sign)
    return one.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets, never cut inside a character, with its end."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    pieces.append(piece)
    return b"\r\n".join(pieces) + b"\r\n"


def _uri(url: str) -> str:
    return re.sub(r"[\x00-\x20\x7f-\uffff]", "", url)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
