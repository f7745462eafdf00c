"""A contact about a ticket that is there already."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Contact, Outcome, Ticket
from mespace.tickets.operations._contacts import handle, lock_contact, refuse_registered


def attach_contact(*, actor: Actor, now: datetime, contact_id: int, key: str) -> Contact:
    """The contact, handled as one about the ticket `key`, whose page then names it to staff. It moves nothing there.

    What a customer's person said in a waiting status is recorded on the ticket itself, as their reaction.
    Raises ContactNotFound, Refused, Invalid (no such ticket, another customer's, it belongs to a ticket).
    """
    with transaction.atomic():
        contact = lock_contact(actor=actor, contact_id=contact_id)
        actor.require(Permission.CONTACT_LOG)
        ticket = Ticket.objects.visible_to(actor).filter(key=key.strip().upper()).first()
        if ticket is None:
            raise Invalid({"ticket": _("There is no such request. A key looks like ZAVOD-42.")})
        if contact.ticket_id == ticket.pk:
            return contact
        refuse_registered(contact)
        if contact.customer_id not in {None, ticket.customer_id}:
            raise Invalid({"ticket": _("%(key)s is another customer’s request.") % {"key": ticket.key}})
        handle(contact, outcome=Outcome.ATTACHED, actor=actor, now=now, ticket=ticket, reason="")
    return contact
