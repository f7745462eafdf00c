"""A question to the customer: the ball is theirs, and the 5.5 term starts."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import Question, step_ask


def ask_customer(*, ticket_id: int, actor: Actor, now: datetime, question: Question, key: str | None = None) -> Ticket:
    """The ticket in `info_requested`; a question or proposal that was waiting is replaced.

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="ask_customer", content=question) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        step_ask(act, question)
    return act.ticket
