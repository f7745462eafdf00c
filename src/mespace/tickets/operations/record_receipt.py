"""Evidence that the requester received a question or a proposal (E3)."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting


def record_receipt(*, ticket_id: int, actor: Actor, now: datetime, term: int | None = None) -> Ticket:
    """The ticket, with `read` evidence for the term that runs, if the actor receives for it and none is there.

    Call it once a signed-in answer to them has carried the message's body; `term` is the one that the answer showed, so
    that a question published meanwhile does not count as read. Later evidence is kept and moves nothing.
    Raises TicketNotFound.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now) as act:
        ticket = act.ticket
        if ticket.term_opened_at is None or ticket.holder_id != actor.user_id or term not in {None, ticket.term}:
            return ticket
        known = any(
            event.kind == Kind.RECEIPT and event.payload == {"term": ticket.term, "evidence": "read"}
            for event in act.events()
        )
        if not known:
            act.record(Kind.RECEIPT, {"term": ticket.term, "evidence": "read"})
    return act.ticket
