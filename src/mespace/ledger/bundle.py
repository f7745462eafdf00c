"""How a bundle holds an event."""

from typing import Any

from mespace.ledger.canonical import instant_text
from mespace.ledger.models import Event


def event_json(event: Event) -> dict[str, Any]:
    """An event as a bundle holds it."""
    return {
        "stream": str(event.stream_id),
        "seq": event.seq,
        "at": instant_text(event.at),
        "recorded_at": instant_text(event.recorded_at),
        "kind": event.kind,
        "actor": event.actor,
        "payload": event.payload,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }
