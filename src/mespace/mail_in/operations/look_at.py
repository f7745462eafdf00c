"""Saying that a bounce which fits no mail was looked at."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.mail_in.models import Inbound, Outcome
from mespace.platform.rows import locked


def look_at(*, actor: Actor, now: datetime, inbound_id: int) -> Inbound:
    """The mail, no longer among those to be looked at; the first who says so stands there. Any other mail stays.

    Raises Refused, RowNotFound.
    """
    actor.require(Permission.MAIL_IN_MANAGE)
    with transaction.atomic():
        inbound: Inbound = locked(Inbound, inbound_id)
        if inbound.outcome == Outcome.UNCLEAR_BOUNCE and inbound.looked_at is None:
            inbound.looked_at, inbound.looked_by_id = now, actor.person_id
            inbound.save(update_fields=["looked_at", "looked_by"])
    return inbound
