"""Saying better who called or wrote, and what they said."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Channel, Contact, Outcome
from mespace.tickets.operations._contacts import Caller, caller_columns, checked_said, index, lock_contact


def correct_contact(*, actor: Actor, now: datetime, contact_id: int, caller: Caller, said: str) -> Contact:
    """The contact with its caller (and, unless it is a mail, what was said) as given; what was before is in the audit.

    Once a ticket was registered from it, its customer stands. Raises ContactNotFound, Refused, Invalid.
    """
    del now  # the row audit has the instant
    with transaction.atomic():
        contact = lock_contact(actor=actor, contact_id=contact_id)
        actor.require(Permission.CONTACT_LOG)
        columns = caller_columns(caller)
        if contact.outcome == Outcome.REGISTERED and columns["customer_id"] != contact.customer_id:
            raise Invalid({"who": _("A request was registered from this contact: its customer stands.")})
        if contact.channel != Channel.MAIL:
            columns["said"] = checked_said(said)
        for name, value in columns.items():
            setattr(contact, name, value)
        contact.save(update_fields=[name.removesuffix("_id") for name in columns])
        index(contact)
    return contact
