"""The customer accepts the proposal: closed as solved."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import IllegalMove, Resolution, Status, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import proposal_expired


def accept_solution(*, ticket_id: int, actor: Actor, now: datetime, key: str | None = None) -> Ticket:
    """The ticket, closed as `solved`.

    Raises TicketNotFound, Refused, IllegalMove (no proposal waits).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="accept_solution", content=None) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        if act.ticket.status == Status.SUSPENDED and not proposal_expired(act.events()):
            raise IllegalMove(Verb.ACCEPT_SOLUTION, act.ticket.status, [Verb.CUSTOMER_REACTS, Verb.WITHDRAW])
        act.move(
            Verb.ACCEPT_SOLUTION,
            Kind.SOLUTION_ACCEPTED,
            {"resolution": Resolution.SOLVED.value},
            resolution=Resolution.SOLVED,
        )
    return act.ticket
