"""Handing a ticket to a colleague or the next shift: from now on they receive for it."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._people import customer_person


def hand_over(*, ticket_id: int, actor: Actor, now: datetime, to_user_id: int | None, key: str | None = None) -> Ticket:
    """The ticket, held for the customer by `to_user_id`; no reaction, and no clock moves.

    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="hand_over", content=to_user_id) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        if not act.ticket.is_open_work:
            raise Invalid({"": _("A closed request is not handed over.")})
        person = customer_person(act.ticket, to_user_id, field="to_user")
        if not person.is_active:
            raise Invalid({"to_user": _("%(name)s can no longer sign in.") % {"name": person.full_name}})
        if act.ticket.holder_id != person.pk:
            act.change(holder_id=person.pk)
            act.record(Kind.HANDED_OVER, {"to_user": person.pk})
    return act.ticket
