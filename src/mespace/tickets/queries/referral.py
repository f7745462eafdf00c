"""The referral of a ticket that another vendor's support must take on."""

from mespace.accounts.actor import Actor
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Referral, Ticket
from mespace.tickets.queries.ticket import find_ticket


def referral_of(*, actor: Actor, key: str) -> Referral:
    """The newest referral of a ticket that the actor sees. Raises TicketNotFound, also where there is none."""
    ticket: Ticket = find_ticket(actor=actor, key=key)
    rows = Referral.objects.filter(ticket=ticket).select_related("vendor", "by", "ticket__customer", "ticket__product")
    referral = rows.order_by("-pk").first()
    if referral is None:
        raise TicketNotFound(key)
    return referral
