"""What a mail's way proves of its receipt, written into the ticket's log (E3)."""

from datetime import datetime

from mespace.notifications.models import Delivery, Evidence
from mespace.tickets.operations.record_mail_receipt import record_mail_receipt

OF_THE_OWN_SERVER = frozenset({Evidence.DIRECT, Evidence.CONFIRMED})


def count_receipt(*, delivery_id: int, now: datetime) -> bool:
    """Whether the delivery is evidence for the term that runs on its ticket. Idempotent.

    Only a mail that held the full text counts, and only what the recipient's own mail server said.
    """
    delivery = Delivery.objects.get(pk=delivery_id)
    if delivery.ticket_id is None or not delivery.holds_full_text or delivery.evidence not in OF_THE_OWN_SERVER:
        return False
    return record_mail_receipt(ticket_id=delivery.ticket_id, user_id=delivery.recipient_id, seq=delivery.seq, now=now)
