"""Planned work is called off before it starts."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.announcements.errors import require_possible
from mespace.announcements.lifecycle import Kind, State
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import RESTORE
from mespace.announcements.operations._act import acting
from mespace.announcements.plan import require_reason
from mespace.announcements.texts import unsaved_entry
from mespace.obligations.kinds import Name
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation


def cancel_maintenance(*, actor: Actor, now: datetime, window_id: int, reason: str) -> MaintenanceWindow:
    """The window, cancelled; its promise is owed no more. Cancelled again, nothing happens.

    Raises Refused, NoticeNotFound, NotNow once it has started, ValidationError at `reason`.
    """
    with acting(actor=actor, window_id=window_id, now=now) as act:
        window = act.window
        if window.state == State.CANCELLED:
            return window
        require_possible(Kind.CANCELLED, window.state)
        entry = unsaved_entry(text=require_reason(reason))
        payload = {"from": State.ANNOUNCED, "to": State.CANCELLED}
        act.record(Kind.CANCELLED, payload, entry=entry, state=State.CANCELLED, cancelled_at=act.at)
        withdraw_obligation(actor=actor, now=act.at, name=Name(RESTORE, window.pk), reason="cancelled")
    return window
