"""When planned work has something to say by itself: reminders, its start, and a promised instant that passes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mespace.announcements.lifecycle import Kind, State

if TYPE_CHECKING:
    from mespace.announcements.models import MaintenanceWindow

DAY_AHEAD = timedelta(hours=24)
HOUR_AHEAD = timedelta(hours=1)
REMINDERS = {"day": DAY_AHEAD, "hour": HOUR_AHEAD}


@dataclass(frozen=True)
class Due:
    """What the timer writes next: the kind, its instant, and the payload."""

    kind: Kind
    at: datetime
    payload: dict[str, Any]


def next_due(window: "MaintenanceWindow") -> Due | None:
    """What comes next by itself, whenever that is.

    A reminder that lies before the last announcement is none: that told people already.
    """
    if window.state == State.ANNOUNCED:
        for name, ahead in REMINDERS.items():
            at = window.starts_at - ahead
            if at > window.told_at:
                return Due(Kind.REMINDED, at, {"ahead": name})
        return Due(Kind.STARTED, window.starts_at, {"from": State.ANNOUNCED, "to": State.RUNNING})
    if window.state == State.RUNNING and window.overrun_at != window.restore_at:
        return Due(Kind.OVERRUN, window.restore_at, {})
    return None


def has_come(due: Due, now: datetime) -> bool:
    """Whether it is to be written at `now`; restored at exactly the promised instant is in time (E1)."""
    return due.at < now if due.kind == Kind.OVERRUN else due.at <= now


def project(window: "MaintenanceWindow") -> None:
    """Set the columns that follow from the others: the timer, and whether it stands above every page."""
    due = next_due(window)
    window.wake_at = due.at if due else None
    near = window.told_at >= window.starts_at - DAY_AHEAD
    window.is_current = window.state == State.RUNNING or (window.state == State.ANNOUNCED and near)
