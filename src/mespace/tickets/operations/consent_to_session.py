"""A customer's person agrees to a remote session."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._sessions import open_request, session_of, step_consent
from mespace.tickets.operations._steps import step_react
from mespace.tickets.session_lifecycle import SessionState


def consent_to_session(
    *, ticket_id: int, actor: Actor, now: datetime, session_id: int, key: str | None = None
) -> Ticket:
    """The ticket, whose session may now take place as it was proposed. Where somebody has agreed already, as it is.

    In a waiting status it is a reaction.
    Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid (closed; its time is over).
    """
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="consent_to_session", content=session_id
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        open_request(act)
        session = session_of(act, session_id)
        if session.state == SessionState.AGREED:
            return act.ticket
        step_consent(act, session, {}, by=actor.person_id, said_at=act.now)
        if act.ticket.is_waiting:
            step_react(act)
    return act.ticket
