"""Closing by staff, with a resolution."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import Closing, step_close


def close(*, ticket_id: int, actor: Actor, now: datetime, closing: Closing, key: str | None = None) -> Ticket:
    """The closed ticket.

    Closing as a consultation changes the type too; `third_party` names the other vendor (clause 5.4).

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    other = closing.duplicate_of
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="close", content=closing, other_key=other
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        step_close(act, closing)
    return act.ticket
