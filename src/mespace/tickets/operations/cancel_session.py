"""Support cancels a remote session that has not begun, or proposes another one in its place."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._sessions import change_state, open_request, session_of
from mespace.tickets.operations.propose_session import Terms, propose
from mespace.tickets.session_lifecycle import SessionVerb, check_session_move


def cancel_session(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    session_id: int,
    reason: str,
    instead: Terms | None = None,
    key: str | None = None,
) -> Ticket:
    """The ticket without that session, with the reason, which both sides read; `instead` is proposed in the same act.

    A consent holds for what was agreed alone, so another time is another session. On a closed ticket a session can be
    cancelled, too. Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid by field.
    """
    content = [session_id, reason, instead]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="cancel_session", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        session = session_of(act, session_id)
        check_session_move(SessionVerb.CANCEL, session.state)
        reasoned = write_reason(act, reason)
        change_state(session, SessionVerb.CANCEL)
        act.record(Kind.SESSION_CANCELLED, {"session": session.pk, **reasoned})
        if instead is not None:
            open_request(act)
            propose(act, instead)
    return act.ticket
