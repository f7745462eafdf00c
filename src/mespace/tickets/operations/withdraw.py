"""The customer no longer needs its ticket."""

from datetime import datetime

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Resolution, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._steps import may_withdraw


def withdraw(*, ticket_id: int, actor: Actor, now: datetime, reason: str = "", key: str | None = None) -> Ticket:
    """The ticket, closed as `withdrawn`; while Открыт this leaves it without a reaction verdict (E2).

    By its requester or the colleague who holds it, or by a responsible employee of the customer.
    Raises TicketNotFound, Refused, IllegalMove (closed already).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="withdraw", content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        if not may_withdraw(actor, act.ticket):
            raise Refused("ticket.withdraw_of_colleague")
        payload = {"resolution": Resolution.WITHDRAWN.value}
        if reason.strip():
            payload |= write_reason(act, reason)
        act.move(Verb.WITHDRAW, Kind.WITHDRAWN, payload, resolution=Resolution.WITHDRAWN)
    return act.ticket
