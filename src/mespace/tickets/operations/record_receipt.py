"""Evidence that the requester received a question or a proposal (E3)."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting


def record_receipt(*, ticket_id: int, actor: Actor, now: datetime) -> Ticket:
    """The ticket, with `read` evidence for the term that runs, if the actor is the one who receives for it and none of theirs is there.

    Call it once a signed-in answer to them has carried the message's body. Later evidence is kept and moves nothing.
    Raises TicketNotFound.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now) as act:
        ticket = act.ticket
        if ticket.term_opened_at is None or ticket.holder_id != actor.user_id:
            return ticket
        known = any(
            event.kind == Kind.RECEIPT and event.payload == {"term": ticket.term, "evidence": "read"}
            for event in act.events()
        )
        if not known:
            act.record(Kind.RECEIPT, {"term": ticket.term, "evidence": "read"})
    return act.ticket
