"""One act on one window of planned work: the row lock, what had come due, and all that is written at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mespace.accounts.actor import TIMER, Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.errors import NoticeNotFound, require_possible
from mespace.announcements.lifecycle import Kind, State
from mespace.announcements.models import Entry, MaintenanceWindow
from mespace.announcements.operations._tell import render_soon, tell_maintenance
from mespace.announcements.texts import digest_of, keep_entry
from mespace.announcements.timers import Due, has_come, next_due, project
from mespace.ledger.append import Fact, append
from mespace.ledger.models import Event

# Of what the timer writes: what people are told of, and what changes their calendars.
TOLD = frozenset(Kind) - {Kind.STARTED}
IN_CALENDAR = frozenset({Kind.MOVED, Kind.PROLONGED, Kind.RESTORED, Kind.CANCELLED, Kind.REVISED})


@dataclass
class Act:
    """What one operation does to one locked window."""

    window: MaintenanceWindow
    actor: Actor
    at: datetime
    now: datetime

    def record(self, kind: Kind, payload: dict[str, Any], *, entry: Entry | None = None, **columns: Any) -> Event:
        """Chain and write one fact, its text and the columns that follow, and queue what people hear of it."""
        require_possible(kind, self.window.state)
        return self._write(self.actor, kind, self.at, payload, entry, columns)

    def settle(self) -> None:
        """Write what had come due before the act, each at its due instant."""
        while (due := next_due(self.window)) is not None and has_come(due, self.at):
            self._write(TIMER, due.kind, due.at, due.payload, None, _columns_of(due))

    def _write(
        self,
        actor: Actor,
        kind: Kind,
        at: datetime,
        payload: dict[str, Any],
        entry: Entry | None,
        columns: dict[str, Any],
    ) -> Event:
        window = self.window
        if entry is not None:
            payload = {**payload, "digest": digest_of(entry)}
        (event,) = append(stream=window.stream, facts=[Fact(kind, actor.log_name, at, payload)], recorded_at=self.now)
        if entry is not None:
            keep_entry(entry, stream_id=window.stream_id, seq=event.seq, kind=kind, at=event.at)
        for name, value in columns.items():
            setattr(window, name, value)
        window.version = event.seq
        window.sequence += kind in IN_CALENDAR
        project(window)
        window.save()
        render_soon()
        if kind in TOLD:
            tell_maintenance(window, kind=kind, event=event, now=self.now)
        return event


def _columns_of(due: Due) -> dict[str, Any]:
    match due.kind:
        case Kind.STARTED:
            return {"state": State.RUNNING}
        case Kind.OVERRUN:
            return {"overrun_at": due.at}
        case _:
            return {"told_at": due.at}


@contextmanager
def acting(*, actor: Actor, window_id: int, now: datetime, at: datetime | None = None) -> Iterator[Act]:
    """An act of a manager on the window: locked, and settled up to the instant `at` (else `now`) at which it counts.

    Raises Refused and NoticeNotFound.
    """
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    with transaction.atomic():
        window = _locked(window_id, skip=False)
        if window is None:
            raise NoticeNotFound(window_id)
        counts = min(at or now, now).replace(microsecond=0)
        act = Act(window, actor, counts, now)
        act.settle()
        # Another server's clock may be ahead: no act is earlier than the one before it (E1).
        act.at = max(counts, window.stream.head_at or counts)
        yield act


def settle_window(*, window_id: int, now: datetime) -> MaintenanceWindow | None:
    """The window with what has come due written; None while somebody else acts on it. Idempotent."""
    with transaction.atomic():
        window = _locked(window_id, skip=True)
        if window is not None:
            Act(window, TIMER, now.replace(microsecond=0), now).settle()
    return window


def _locked(window_id: int, *, skip: bool) -> MaintenanceWindow | None:
    rows = MaintenanceWindow.objects.select_related("stream").select_for_update(
        of=("self", "stream"), no_key=True, skip_locked=skip
    )
    return rows.filter(pk=window_id).first()
