"""Taking news off the bell."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.notifications.models import Notification
from mespace.tickets.subject import TICKET


def mark_read(*, actor: Actor, now: datetime, ticket_id: int | None = None, upto_seq: int | None = None) -> int:
    """How many of the person's own lines became read: all, those of one ticket, or those up to an event of it."""
    if actor.user_id is None:
        return 0
    rows = Notification.objects.filter(user_id=actor.user_id, read_at=None)
    if ticket_id is not None:
        rows = rows.filter(subject_kind=TICKET, subject_id=ticket_id)
        if upto_seq is not None:
            rows = rows.filter(seq__lte=upto_seq)
    return rows.update(read_at=now)
