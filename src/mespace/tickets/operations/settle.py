"""The sweep: what came due on tickets that nobody has touched since."""

from datetime import datetime

from mespace.accounts.actor import TIMER
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting


def due_tickets(*, now: datetime, limit: int = 200) -> list[int]:
    """Ids of tickets on which a timer has come due, the longest overdue first."""
    return list(Ticket.objects.filter(wake_at__lt=now).order_by("wake_at").values_list("pk", flat=True)[:limit])


def settle_ticket(*, ticket_id: int, now: datetime) -> Ticket:
    """The ticket with everything written that had come due before `now`, each fact at its own instant (E3). Idempotent."""
    with acting(ticket_id=ticket_id, actor=TIMER, now=now) as act:
        pass
    return act.ticket
