"""Checking a stream's chain."""

from collections.abc import Iterable
from dataclasses import dataclass

from mespace.ledger.canonical import GENESIS, event_hash
from mespace.ledger.models import Event, Stream


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a chain does not hold."""

    stream: str
    seq: int
    what: str


def first_broken_link(stream: Stream, events: Iterable[Event]) -> BrokenLink | None:
    """The first event (by `seq`) that does not follow from the one before it, or None when all do, head included."""
    prev_hash, seq, at = GENESIS, 0, None
    for event in events:
        seq += 1
        if event.seq != seq:
            return BrokenLink(str(stream.pk), seq, f"event {seq} is missing")
        if event.prev_hash != prev_hash:
            return BrokenLink(str(stream.pk), seq, "it does not name the hash of the event before it")
        expected = event_hash(
            prev_hash=prev_hash,
            stream=str(stream.pk),
            seq=seq,
            at=event.at,
            recorded_at=event.recorded_at,
            kind=event.kind,
            actor=event.actor,
            payload=event.payload,
        )
        if event.hash != expected:
            return BrokenLink(str(stream.pk), seq, "its content does not give its hash")
        if at is not None and event.at < at:
            return BrokenLink(str(stream.pk), seq, "it is earlier than the event before it")
        prev_hash, at = event.hash, event.at
    if (stream.head_seq, stream.head_hash, stream.head_at) != (seq, prev_hash, at):
        return BrokenLink(str(stream.pk), seq, "the stream's head is not its last event")
    return None
