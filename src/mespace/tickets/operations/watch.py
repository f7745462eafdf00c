"""Watching a ticket, or no longer; not part of the log."""

from datetime import datetime

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Ticket, Watcher


def watch(*, ticket_id: int, actor: Actor, now: datetime, on: bool) -> None:
    """The actor hears of the ticket from now on, or no longer. Readers only (auditors, directors) change nothing.

    Raises TicketNotFound, Refused.
    """
    if actor.user_id is None or not Ticket.objects.visible_to(actor).filter(pk=ticket_id).exists():
        raise TicketNotFound(ticket_id)
    if not (actor.can(Permission.TICKET_REACT) or actor.can(Permission.TICKET_WORK)):
        raise Refused("ticket.watch")
    if on:
        Watcher.objects.get_or_create(ticket_id=ticket_id, user_id=actor.user_id, defaults={"since": now})
    else:
        Watcher.objects.filter(ticket_id=ticket_id, user_id=actor.user_id).delete()
