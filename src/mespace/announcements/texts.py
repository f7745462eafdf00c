"""Texts of announcements beside the log, and their digests in it."""

from datetime import datetime
from uuid import UUID

from mespace.announcements.models import Entry
from mespace.ledger.canonical import new_salt, salted_digest


def unsaved_entry(*, title: str = "", text: str = "") -> Entry:
    """A text with its salt, before it is known which event brings it."""
    return Entry(title=title.strip(), text=text.strip(), salt=new_salt())


def digest_of(entry: Entry) -> str:
    """How the log names the text."""
    return salted_digest(entry.salt, f"{entry.title}\n{entry.text}")


def keep_entry(entry: Entry, *, stream_id: UUID, seq: int, kind: str, at: datetime) -> Entry:
    """The text, stored with its event."""
    entry.stream_id, entry.seq, entry.kind, entry.at = stream_id, seq, kind, at
    entry.save(force_insert=True)
    return entry
