"""One row of the queue or of a search, as its table shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.tickets.models import Ticket
from mespace.tickets.queries.desk_clock import DeskClock, clocks_of


@dataclass(frozen=True)
class Row:
    """A ticket with its clock, its address, and whether there is news for the reader."""

    ticket: Ticket
    clock: DeskClock
    url: str
    is_unread: bool
    is_mine: bool


def rows_of(tickets: Iterable[Ticket], *, actor: Actor, now: datetime) -> list[Row]:
    """The rows of a page."""
    tickets = list(tickets)
    clocks = clocks_of(tickets, now=now)
    return [
        Row(
            ticket=ticket,
            clock=clocks[ticket.pk],
            url=address("ticket", ticket.key),
            is_unread=_is_news(ticket, actor),
            is_mine=ticket.assignee_id == actor.user_id,
        )
        for ticket in tickets
    ]


def _is_news(ticket: Ticket, actor: Actor) -> bool:
    """News on what others hold is theirs to read; those who only look on have none."""
    if not actor.can(Permission.TICKET_WORK) or ticket.assignee_id not in {None, actor.user_id}:
        return False
    return ticket.public_version > (getattr(ticket, "read_seq", None) or 0)
