"""A customer's person does not agree to a remote session, or takes the consent back before it has begun."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._sessions import open_request, session_of, step_refuse
from mespace.tickets.operations._steps import step_react
from mespace.tickets.session_lifecycle import SessionState


def refuse_session(
    *, ticket_id: int, actor: Actor, now: datetime, session_id: int, reason: str = "", key: str | None = None
) -> Ticket:
    """The ticket, whose session will not take place; where it was refused already, as it is. No reason is needed.

    In a waiting status it is a reaction.
    Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove (begun, cancelled), Invalid.
    """
    content = [session_id, reason]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="refuse_session", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        open_request(act)
        session = session_of(act, session_id)
        if session.state in {SessionState.REFUSED, SessionState.WITHDRAWN}:
            return act.ticket
        payload = write_reason(act, reason) if reason.strip() else {}
        step_refuse(act, session, payload, by=actor.person_id, said_at=act.now)
        if act.ticket.is_waiting:
            step_react(act)
    return act.ticket
