"""Adding facts to a stream (clauses 2.1, 5.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mespace.ledger.canonical import event_hash
from mespace.ledger.models import Event, Stream
from mespace.platform.writing import insert_all, update


@dataclass(frozen=True)
class Fact:
    """What is to be recorded: the kind, who, when it counts, and the typed payload."""

    kind: str
    actor: str
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)


def append(*, stream: Stream, facts: Sequence[Fact], recorded_at: datetime) -> list[Event]:
    """The events written for `facts`, chained to the stream's head; the head moves along.

    The caller holds the stream's row lock (or has just inserted the row). An instant earlier than the head's is moved
    up to it (E1).
    """
    events = []
    for fact in facts:
        at = fact.at.replace(microsecond=0)
        if stream.head_at is not None and at < stream.head_at:
            at = stream.head_at
        written = max(recorded_at.replace(microsecond=0), at)
        seq = stream.head_seq + 1
        digest = event_hash(
            prev_hash=stream.head_hash,
            stream=str(stream.pk),
            seq=seq,
            at=at,
            recorded_at=written,
            kind=fact.kind,
            actor=fact.actor,
            payload=fact.payload,
        )
        events.append(
            Event(
                stream=stream,
                seq=seq,
                at=at,
                recorded_at=written,
                kind=fact.kind,
                actor=fact.actor,
                payload=fact.payload,
                prev_hash=stream.head_hash,
                hash=digest,
            )
        )
        stream.head_seq, stream.head_hash, stream.head_at = seq, digest, at
    insert_all(events)
    update(stream, ["head_seq", "head_hash", "head_at"])
    return events
