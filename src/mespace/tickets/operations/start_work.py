"""The work itself begins."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting


def start_work(*, ticket_id: int, actor: Actor, now: datetime, key: str | None = None) -> Ticket:
    """The ticket in `in_progress`.

    Raises TicketNotFound, Refused, IllegalMove.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="start_work", content=None) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        act.move(Verb.START_WORK, Kind.WORK_STARTED, {})
    return act.ticket
