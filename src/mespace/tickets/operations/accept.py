"""Открыт → Анализ: the only way in which support takes a ticket."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import (
    Closing,
    Proposal,
    Question,
    step_accept,
    step_ask,
    step_close,
    step_propose,
)


def accept(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    then: Question | Proposal | Closing | None = None,
    key: str | None = None,
) -> Ticket:
    """The ticket, accepted: its reaction is `now` (clause 6.4). `then` asks, proposes or closes in the same act.

    Raises TicketNotFound, Refused (no right to work on tickets), IllegalMove (accepted before), Invalid (what `then`
    lacks).
    """
    other = then.duplicate_of if isinstance(then, Closing) else ""
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="accept", content=then, other_key=other
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        step_accept(act)
        match then:
            case Question():
                step_ask(act, then)
            case Proposal():
                step_propose(act, then)
            case Closing():
                step_close(act, then)
    return act.ticket
