"""Taking back a question, a proposal or a suspension, with a reason."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason


def retract(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket back in `analysis`; a running term ends as retracted.

    Raises TicketNotFound, Refused, IllegalMove, Invalid (no reason).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="retract", content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        act.move(Verb.RETRACT, Kind.RETRACTED, write_reason(act, reason))
    return act.ticket
