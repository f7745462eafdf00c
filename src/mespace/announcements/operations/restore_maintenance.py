"""Access is restored: the actual instant stands beside the promised one."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.announcements.errors import require_possible
from mespace.announcements.lifecycle import Kind, State
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.obligation_kinds import RESTORE
from mespace.announcements.operations._act import acting
from mespace.announcements.operations.count_days import count_days
from mespace.announcements.texts import unsaved_entry
from mespace.ledger.canonical import instant_text
from mespace.obligations.kinds import Name
from mespace.obligations.operations.fulfil import fulfil
from mespace.regulation.queries import MOSCOW


def restore_maintenance(
    *, actor: Actor, now: datetime, window_id: int, at: datetime | None = None, note: str = ""
) -> MaintenanceWindow:
    """The window, restored at `at` (else `now`): the tracker itself may have been down when that was.

    Restored again, nothing happens. Raises Refused, NoticeNotFound, NotNow unless it is under way, ValidationError at
    `restored_at` for an instant before the start or in the future.
    """
    if at is not None and at > now:
        raise ValidationError({"restored_at": _("That instant has not come yet.")})
    with acting(actor=actor, window_id=window_id, now=now, at=at) as act:
        window = act.window
        if window.state == State.RESTORED:
            return window
        actual = (at or now).replace(microsecond=0)
        if window.state == State.ANNOUNCED and window.starts_at <= now:
            raise ValidationError({"restored_at": _("That lies before the start of the work.")})
        require_possible(Kind.RESTORED, window.state)
        if actual < window.starts_at:
            raise ValidationError({"restored_at": _("That lies before the start of the work.")})
        payload = {"from": State.RUNNING, "to": State.RESTORED, "restored": instant_text(actual)}
        entry = unsaved_entry(text=note)
        act.record(Kind.RESTORED, payload, entry=entry, state=State.RESTORED, restored_at=actual)
        first, last = (each.astimezone(MOSCOW).date() for each in (window.starts_at, actual))
        count_days(first=first, last=last, now=now)  # what was seen down in that time was announced work
        fulfil(actor=actor, now=now, name=Name(RESTORE, window.pk), at=actual, how="restored")
    return window
