"""What the log says of work and remote sessions: pure folds of a ticket's events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mespace.tickets.events import Kind
from mespace.tickets.facts import LogEvent
from mespace.tickets.session_lifecycle import SessionState

STATE_AFTER: dict[Kind, SessionState] = {
    Kind.SESSION_PROPOSED: SessionState.PROPOSED,
    Kind.SESSION_CONSENTED: SessionState.AGREED,
    Kind.SESSION_REFUSED: SessionState.REFUSED,
    Kind.SESSION_CONSENT_WITHDRAWN: SessionState.WITHDRAWN,
    Kind.SESSION_STARTED: SessionState.RUNNING,
    Kind.SESSION_ENDED: SessionState.ENDED,
    Kind.SESSION_CANCELLED: SessionState.CANCELLED,
    Kind.SESSION_MISSED: SessionState.MISSED,
}


@dataclass
class Reading:
    """One reading of some work; `later` says what became of it: "", `corrected` or `withdrawn`."""

    work: int
    seq: int
    service: str
    person: int
    minutes: int
    on: date
    logged_by: str
    first: int  # the row of the first reading of the same work
    is_withdrawn: bool = False
    later: str = ""

    @property
    def counts(self) -> bool:
        """Whether this reading holds now."""
        return not self.later and not self.is_withdrawn


def readings(events: Iterable[LogEvent]) -> list[Reading]:
    """Every reading of the ticket's work, in log order; a withdrawal is a reading, too."""
    found: dict[int, Reading] = {}
    for event in events:
        payload = event.payload
        if event.kind == Kind.WORK_LOGGED:
            found[payload["work"]] = _reading(event, payload["work"])
        elif event.kind in {Kind.WORK_CORRECTED, Kind.WORK_WITHDRAWN}:
            former = found[payload["replaces"]]
            withdrawn = event.kind == Kind.WORK_WITHDRAWN
            former.later = "withdrawn" if withdrawn else "corrected"
            found[payload["work"]] = _reading(event, former.first, is_withdrawn=withdrawn)
    return list(found.values())


def session_states(events: Iterable[LogEvent]) -> dict[int, SessionState]:
    """The state of each of the ticket's sessions, by its row."""
    return {event.payload["session"]: STATE_AFTER[Kind(event.kind)] for event in events if event.kind in STATE_AFTER}


def _reading(event: Any, first: int, *, is_withdrawn: bool = False) -> Reading:  # noqa: ANN401 - a LogEvent with its actor
    payload = event.payload
    return Reading(
        work=payload["work"],
        seq=event.seq,
        service=payload["service"],
        person=payload["person"],
        minutes=payload["minutes"],
        on=date.fromisoformat(payload["on"]),
        logged_by=event.actor,
        first=first,
        is_withdrawn=is_withdrawn,
    )
