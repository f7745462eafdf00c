"""An agreed remote session did not take place, because one side did not come."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._sessions import change_state, session_of
from mespace.tickets.session_lifecycle import Absent, SessionVerb, check_session_move


def record_no_show(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    session_id: int,
    absent: str,
    note: str = "",
    key: str | None = None,
) -> Ticket:
    """The ticket, whose session did not take place; both sides read who did not come, and the note.

    Not before its agreed beginning.
    Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid by field.
    """
    content = [session_id, absent, note]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="record_no_show", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        session = session_of(act, session_id)
        check_session_move(SessionVerb.MISS, session.state)
        if absent not in Absent.values:
            raise Invalid({"absent": _("Say who did not come.")})
        if act.now < session.starts_at:
            raise Invalid({"": _("Its agreed time has not come yet. It can be cancelled.")})
        payload = write_reason(act, note, field="note") if note.strip() else {}
        change_state(session, SessionVerb.MISS)
        act.record(Kind.SESSION_MISSED, {"session": session.pk, "absent": str(absent), **payload})
    return act.ticket
