"""Planned work is moved before it starts, and announced anew."""

from datetime import datetime

from django.core.exceptions import ValidationError

from mespace.accounts.actor import Actor
from mespace.announcements.errors import require_possible
from mespace.announcements.lead import lead_of
from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import RESTORE
from mespace.announcements.operations._act import acting
from mespace.announcements.operations.announce_maintenance import give_notice
from mespace.announcements.plan import require_reason, times_refused
from mespace.announcements.texts import unsaved_entry
from mespace.ledger.canonical import instant_text
from mespace.obligations.kinds import Name
from mespace.obligations.operations.move_due import move_due


def move_maintenance(
    *, actor: Actor, now: datetime, window_id: int, starts_at: datetime, restore_at: datetime, reason: str
) -> MaintenanceWindow:
    """The window at its new instants; a new notice is owed and given. Moved to where it is, nothing happens.

    Raises Refused, NoticeNotFound, NotNow once it has started, ValidationError by field.
    """
    starts_at, restore_at = starts_at.replace(microsecond=0), restore_at.replace(microsecond=0)
    with acting(actor=actor, window_id=window_id, now=now) as act:
        window = act.window
        require_possible(Kind.MOVED, window.state)
        if (starts_at, restore_at) == (window.starts_at, window.restore_at):
            return window
        errors = times_refused(starts_at=starts_at, restore_at=restore_at, now=act.at)
        if errors:
            raise ValidationError(dict(errors))
        entry = unsaved_entry(text=require_reason(reason))
        lead = lead_of(now=act.at, starts_at=starts_at).seconds
        payload = {
            "starts": instant_text(starts_at),
            "restore": instant_text(restore_at),
            "old_starts": instant_text(window.starts_at),
            "old_restore": instant_text(window.restore_at),
            "lead": lead,
        }
        columns = {"starts_at": starts_at, "restore_at": restore_at, "lead_seconds": lead, "told_at": act.at}
        event = act.record(Kind.MOVED, payload, entry=entry, **columns)
        give_notice(window, actor=actor, now=act.at, which=str(event.seq))
        move_due(actor=actor, now=act.at, name=Name(RESTORE, window.pk), due=restore_at, reason="moved")
    return window
