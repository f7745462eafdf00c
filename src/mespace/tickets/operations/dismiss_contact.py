"""A contact of which no request is made."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Contact, Outcome
from mespace.tickets.operations._contacts import handle, lock_contact, one_line, refuse_registered

LONGEST_REASON = 500


def dismiss_contact(*, actor: Actor, now: datetime, contact_id: int, reason: str) -> Contact:
    """The contact, handled with a reason; it can still be registered later. Done twice, the last reason stands.

    Raises ContactNotFound, Refused, Invalid (no reason; it belongs to a ticket).
    """
    with transaction.atomic():
        contact = lock_contact(actor=actor, contact_id=contact_id)
        actor.require(Permission.CONTACT_LOG)
        refuse_registered(contact)
        reason = one_line(reason)
        if not reason:
            raise Invalid({"reason": _("Say why no request is needed.")})
        if len(reason) > LONGEST_REASON:
            raise Invalid({"reason": _("At most %(most)d characters.") % {"most": LONGEST_REASON}})
        handle(contact, outcome=Outcome.DISMISSED, actor=actor, now=now, reason=reason)
    return contact
