"""Announcements as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedEntry:
    """One announcement; `html` is what a browser may show. `id` never changes."""

    id: str
    title: str
    url: str
    published_at: datetime
    updated_at: datetime
    html: str


def feed(entries: Iterable[FeedEntry], *, feed_id: str, title: str, url: str, self_url: str, language: str) -> bytes:
    """The feed as UTF-8, newest change first; without entries its instant is the epoch's first."""
    rows = sorted(entries, key=lambda entry: entry.updated_at, reverse=True)
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _put(root, "id", feed_id)
    _put(root, "title", title)
    _put(root, "updated", _instant(rows[0].updated_at if rows else datetime.fromtimestamp(0, UTC)))
    _put(_put(root, "author"), "name", "MESPACE")
    _put(root, "link", href=url)
    _put(root, "link", rel="self", href=self_url, type="application/atom+xml")
    for row in rows:
        entry = _put(root, "entry")
        _put(entry, "id", row.id)
        _put(entry, "title", row.title)
        _put(entry, "published", _instant(row.published_at))
        _put(entry, "updated", _instant(row.updated_at))
        _put(entry, "link", href=row.url)
        _put(entry, "content", row.html, type="html")
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _put(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    if text:
        made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
