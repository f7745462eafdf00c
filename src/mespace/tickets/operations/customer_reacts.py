"""The customer's answer to a question, a proposal or a suspension."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.lifecycle import Verb, check_move
from mespace.tickets.models import MessageKind, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._steps import step_react


@dataclass(frozen=True)
class Reaction:
    """What the customer answers."""

    body: str
    rejected: bool = False
    attachment_ids: Sequence[int] = ()


def customer_reacts(
    *, ticket_id: int, actor: Actor, now: datetime, reaction: Reaction, key: str | None = None
) -> Ticket:
    """The ticket back in `analysis`; turning a proposal down (`rejected`) asks for the reason.

    Raises TicketNotFound, Refused, IllegalMove (not waiting), Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="customer_reacts", content=reaction) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        check_move(Verb.CUSTOMER_REACTS, act.ticket.status)
        written = write_message(
            act, body=reaction.body, kind=MessageKind.REACTION, attachment_ids=reaction.attachment_ids
        )
        step_react(act, payload={**written.payload, **({"rejected": True} if reaction.rejected else {})})
    return act.ticket
