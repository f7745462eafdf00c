"""From the log's events to the core's facts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol

from mespace.regulation.core.facts import (
    Accepted,
    Fact,
    Moved,
    Receipt,
    Reclassified,
    Registered,
    Repinned,
    TermEnded,
    TermOpened,
)
from mespace.tickets.events import Kind

_ENDS = {
    Kind.CUSTOMER_REACTED: "answered",
    Kind.REACTION_RECORDED: "answered",
    Kind.SOLUTION_ACCEPTED: "answered",
    Kind.RETRACTED: "retracted",
    Kind.CLOSED: "closed",
    Kind.WITHDRAWN: "closed",
    Kind.SUSPENDED_UNANSWERED: "expired",
}


class LogEvent(Protocol):
    """What of an event matters here; `ledger.Event` has it."""

    seq: int
    at: datetime
    kind: str
    payload: dict[str, Any]


def facts_of(events: Iterable[LogEvent]) -> list[Fact]:
    """The facts of a ticket's events, in log order; several may come of one event."""
    return list(_facts(events))


def _facts(events: Iterable[LogEvent]) -> Iterator[Fact]:
    term: int | None = None
    for event in events:
        seq, at, kind, payload = event.seq, int(event.at.timestamp()), event.kind, event.payload
        if kind == Kind.FILED:
            yield Registered(
                seq=seq,
                at=at,
                type=payload["type"],
                criticality=payload["criticality"],
                calendar=payload["calendar"]["edition"],
            )
        elif kind == Kind.ACCEPTED:
            yield Accepted(seq=seq, at=at)
        elif kind == Kind.RECLASSIFIED:
            yield Reclassified(seq=seq, at=at, type=payload["type"], criticality=payload["criticality"])
        elif kind in {Kind.ASKED, Kind.PROPOSED}:
            term = payload["term"]
            yield TermOpened(
                seq=seq,
                at=at,
                term=term,
                kind="question" if kind == Kind.ASKED else "proposal",
                calendar=payload["calendar"]["edition"],
            )
        elif kind == Kind.RECEIPT:
            yield Receipt(seq=seq, at=at, term=payload["term"], evidence=payload["evidence"])
        elif kind == Kind.REPINNED:
            yield Repinned(seq=seq, at=at, subject=payload["subject"], calendar=payload["calendar"]["edition"])
        elif kind in _ENDS and term is not None:
            yield TermEnded(seq=seq, at=at, term=term, outcome=_ENDS[Kind(kind)])
            term = None
        if "to" in payload:
            yield Moved(
                seq=seq,
                at=at,
                to=payload["to"],
                waiting_for="customer" if kind == Kind.SUSPENDED_UNANSWERED else payload.get("waiting_for"),
                resolution=payload.get("resolution"),
            )
