"""Between the log's events and the core's facts."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from mespace.ledger.canonical import instant_text
from mespace.obligations.lifecycle import Kind
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.instants import parse_utc, utc_text
from mespace.regulation.core.obligation_facts import DueMoved, Fulfilled, Missed, Opened, Promise, Withdrawn


class LogEvent(Protocol):
    """What of an event matters here; `ledger.Event` has it."""

    seq: int
    at: datetime
    kind: str
    payload: dict[str, Any]


def facts_of(events: Iterable[LogEvent]) -> list[Fact]:
    """The facts of an obligation's events, in log order, one of each."""
    return [_fact(event) for event in events]


def _fact(event: LogEvent) -> Fact:
    seq, at, payload = event.seq, int(event.at.timestamp()), event.payload
    match Kind(event.kind):
        case Kind.OPENED:
            return Opened(
                seq=seq,
                at=at,
                kind=payload["what"],
                clause=payload["clause"],
                since=parse_utc(payload["since"]),
                promise=promise_of(payload["promise"]),
                calendar=payload["calendar"]["edition"],
            )
        case Kind.FULFILLED:
            return Fulfilled(seq=seq, at=at)
        case Kind.MISSED:
            return Missed(seq=seq, at=at)
        case Kind.DUE_MOVED:
            return DueMoved(seq=seq, at=at, due=parse_utc(payload["new"]), reason=payload["reason"])
        case Kind.REPINNED:
            return Repinned(seq=seq, at=at, subject="due", calendar=payload["calendar"]["edition"])
        case Kind.WITHDRAWN:
            return Withdrawn(seq=seq, at=at, reason=payload["reason"])


def promise_of(payload: dict[str, Any]) -> Promise:
    """The promise that an `opened` event holds."""
    on, at = payload.get("on"), payload.get("at")
    return Promise(
        form=payload["form"],
        days=payload.get("days"),
        parameter=payload.get("parameter"),
        on=None if on is None else date.fromisoformat(on),
        at=None if at is None else parse_utc(at),
    )


def promise_json(promise: Promise) -> dict[str, Any]:
    """A promise as an `opened` event holds it."""
    parts = {
        "form": promise.form,
        "days": promise.days,
        "parameter": promise.parameter,
        "on": None if promise.on is None else promise.on.isoformat(),
        "at": None if promise.at is None else utc_text(promise.at),
    }
    return {name: value for name, value in parts.items() if value is not None}


def seconds_text(at: datetime) -> str:
    """An instant as the log writes it."""
    return instant_text(at.replace(microsecond=0))
