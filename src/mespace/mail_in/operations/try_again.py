"""Another try for a mail in quarantine."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.mail_in.models import Inbound, State
from mespace.platform.jobs import Job, defer
from mespace.platform.rows import locked


def try_again(*, actor: Actor, now: datetime, inbound_id: int) -> Inbound:
    """The mail, waiting again if it was in quarantine; anything else stays as it is. Raises Refused, RowNotFound."""
    actor.require(Permission.MAIL_IN_MANAGE)
    with transaction.atomic():
        inbound: Inbound = locked(Inbound, inbound_id)
        if inbound.state == State.QUARANTINED:
            inbound.state, inbound.attempts, inbound.next_attempt_at = State.WAITING, 0, now
            inbound.save(update_fields=["state", "attempts", "next_attempt_at"])
            defer(Job.HANDLE_INBOUND, unique=f"inbound-{inbound_id}", inbound_id=inbound_id)
    return inbound
