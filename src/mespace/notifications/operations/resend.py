"""Sending a mail of the ledger again, by hand."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.notifications.models import Delivery, Evidence, State
from mespace.platform.jobs import Job, defer

CAN_BE_RESENT = frozenset({State.FAILED, State.RETURNED, State.UNCERTAIN, State.NOT_SENT, State.KEPT})


class MailNotFound(LookupError):
    """There is no such mail (404)."""


def resend(*, delivery_id: int, actor: Actor, now: datetime) -> bool:
    """Whether the mail is planned anew, to the address that its recipient has now; False when it is under way or sent.

    Rights, wishes and news are asked again when it goes. It keeps its Message-ID, so a program that has it already
    shows it once. Raises Refused and MailNotFound.
    """
    actor.require(Permission.ACCOUNTS_MANAGE)
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("recipient")
        delivery = rows.filter(pk=delivery_id).first()
        if delivery is None:
            raise MailNotFound(delivery_id)
        if delivery.state not in CAN_BE_RESENT:
            return False
        Delivery.objects.filter(pk=delivery_id).update(
            state=State.PLANNED,
            reason="",
            attempts=0,
            address=delivery.recipient.email,
            next_attempt_at=now,
            claimed_at=None,
            sent_at=None,
            last_error="",
            evidence=Evidence.NONE,
            evidence_at=None,
            resent_by_id=actor.person_id,
            resent_at=now,
        )
        defer(Job.SEND_MAIL, delivery_id=delivery_id)
    return True
