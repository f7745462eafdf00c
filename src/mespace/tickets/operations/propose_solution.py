"""An answer to the customer (clause 4.8): the ball is theirs, and the 5.5 term starts."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import Proposal, step_propose


def propose_solution(
    *, ticket_id: int, actor: Actor, now: datetime, proposal: Proposal, key: str | None = None
) -> Ticket:
    """The ticket in `solution_proposed`; a question or proposal that was waiting is replaced.

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="propose_solution", content=proposal) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        step_propose(act, proposal)
    return act.ticket
