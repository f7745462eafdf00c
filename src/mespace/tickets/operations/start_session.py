"""A remote session begins: as agreed, or saying in what it differs and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.ledger.canonical import salted_digest
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import RemoteSession, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._sessions import change_state, checked_tool, nobody_left, open_request, session_of
from mespace.tickets.operations._work import worker
from mespace.tickets.session_lifecycle import SessionVerb, check_session_move


@dataclass(frozen=True)
class Beginning:
    """Who connects (the actor unless named), with what (as agreed unless named), and why otherwise than agreed."""

    person_id: int | None = None
    tool: str = ""
    reason: str = ""


def start_session(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    session_id: int,
    beginning: Beginning | None = None,
    key: str | None = None,
) -> Ticket:
    """The ticket, whose session has begun.

    Without consent it cannot begin, nor when somebody who was to take part has left. Outside the agreed window, by
    another person or with another tool it begins with a reason alone, which both sides read.
    Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid by field.
    """
    beginning = beginning or Beginning()
    content = [session_id, beginning]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="start_session", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        open_request(act)
        session = session_of(act, session_id)
        check_session_move(SessionVerb.START, session.state)
        nobody_left(session)
        person = worker(act.ticket, beginning.person_id, actor=actor, field="person")
        tool = checked_tool(beginning.tool or session.tool)
        differs = differences_from_agreed(session, at=act.now, person_id=person.pk, tool=tool)
        payload: dict[str, Any] = {"session": session.pk, "person": person.pk}
        if differs:
            if not beginning.reason.strip():
                raise Invalid({"reason": _("This is not what was agreed: say why. The customer reads it.")})
            payload |= {"outside": differs, **write_reason(act, beginning.reason)}
        if "tool" in differs:
            payload["terms_digest"] = salted_digest(session.salt, f"{tool}\n{session.target}")
        change_state(
            session,
            SessionVerb.START,
            started_at=act.now,
            connected_id=person.pk,
            used_tool=tool,
            deviates=bool(differs),
        )
        act.record(Kind.SESSION_STARTED, payload)
    return act.ticket


def differences_from_agreed(session: RemoteSession, *, at: datetime, person_id: int, tool: str) -> list[str]:
    """In what a beginning at `at` differs from what was agreed: `window`, `person`, `tool`."""
    differs = {
        "window": not session.starts_at <= at < session.ends_at,
        "person": person_id != session.person_id,
        "tool": tool != session.tool,
    }
    return [name for name, different in differs.items() if different]
