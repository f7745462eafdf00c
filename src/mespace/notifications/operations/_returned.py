"""A mail that was taken, and then not delivered."""

from datetime import datetime

from mespace.notifications.models import Delivery, Evidence, State
from mespace.notifications.operations._warn import warn_of_undelivered

ON_ITS_WAY = frozenset({State.SENDING, State.SENT, State.UNCERTAIN})


def mark_returned(*, delivery: Delivery, status: str, words: str, now: datetime) -> bool:
    """Whether the mail became `returned`, with the server's words, and staff were warned; False after evidence.

    The row is locked by the caller.
    """
    if delivery.evidence in {Evidence.DIRECT, Evidence.CONFIRMED} or delivery.state not in ON_ITS_WAY:
        return False
    delivery.state, delivery.sent_at = State.RETURNED, delivery.sent_at or now
    delivery.reply_text = " ".join(filter(None, [status, words]))[:300]
    delivery.save(update_fields=["state", "sent_at", "reply_text"])
    warn_of_undelivered(delivery=delivery, now=now)
    return True
