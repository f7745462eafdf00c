"""The sweep: what came due on tickets that nobody has touched since."""

from collections.abc import Iterator
from datetime import datetime

from mespace.accounts.actor import TIMER
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting

BATCH = 200


def due_tickets(*, now: datetime) -> Iterator[int]:
    """Ids of the tickets on which a timer has come due, the longest overdue first, each once; fetched in batches.

    One that cannot be settled stays due and is passed by, so it never holds up the others.
    """
    rows = Ticket.objects.filter(wake_at__lt=now).order_by("wake_at", "pk")
    seen: set[int] = set()
    while batch := list(rows.exclude(pk__in=seen).values_list("pk", flat=True)[:BATCH]):
        seen.update(batch)
        yield from batch


def settle_ticket(*, ticket_id: int, now: datetime) -> Ticket:
    """The ticket with everything written that had come due before `now`, each fact at its own instant (E3).

    Idempotent.
    """
    with acting(ticket_id=ticket_id, actor=TIMER, now=now) as act:
        pass
    return act.ticket
