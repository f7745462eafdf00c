"""The work takes longer (or less long) than promised: access is promised for another instant, and announced anew."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.announcements.errors import require_possible
from mespace.announcements.lifecycle import Kind
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import RESTORE
from mespace.announcements.operations._act import acting
from mespace.announcements.plan import FARTHEST, require_reason
from mespace.announcements.texts import unsaved_entry
from mespace.ledger.canonical import instant_text
from mespace.obligations.kinds import Name
from mespace.obligations.operations.move_due import move_due


def prolong_maintenance(
    *, actor: Actor, now: datetime, window_id: int, restore_at: datetime, reason: str
) -> MaintenanceWindow:
    """The window with its new promised instant; promised for that instant already, nothing happens.

    That the former promise was broken, if it was, stays on record. Raises Refused, NoticeNotFound, NotNow unless it is
    under way, ValidationError by field.
    """
    restore_at = restore_at.replace(microsecond=0)
    with acting(actor=actor, window_id=window_id, now=now) as act:
        window = act.window
        require_possible(Kind.PROLONGED, window.state)
        if restore_at == window.restore_at:
            return window
        if restore_at <= act.at:
            raise ValidationError({"restore_at": _("Promise an instant that is still ahead.")})
        if restore_at > window.starts_at + FARTHEST:
            raise ValidationError({"restore_at": _("Such work would take more than a year.")})
        entry = unsaved_entry(text=require_reason(reason))
        payload = {"restore": instant_text(restore_at), "old_restore": instant_text(window.restore_at)}
        act.record(Kind.PROLONGED, payload, entry=entry, restore_at=restore_at)
        move_due(actor=actor, now=act.at, name=Name(RESTORE, window.pk), due=restore_at, reason="prolonged")
    return window
