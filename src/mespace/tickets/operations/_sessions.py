"""What the operations on remote sessions share: the row under the ticket's lock, its moves, a consent or refusal."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mespace.platform.writing import update
from mespace.regulation.core.instants import utc_text
from mespace.tickets.errors import Invalid, SessionNotFound
from mespace.tickets.events import Kind
from mespace.tickets.models import RemoteSession
from mespace.tickets.operations._act import Act
from mespace.tickets.operations._contacts import one_line
from mespace.tickets.session_lifecycle import SessionState, SessionVerb, check_session_move

LONGEST_TOOL, LONGEST_TARGET = 80, 200  # characters


def session_of(act: Act, session_id: int) -> RemoteSession:
    """The ticket's session; the ticket's lock holds it. Raises SessionNotFound."""
    rows = RemoteSession.objects.select_related("person", "consented_by")
    session = rows.filter(ticket=act.ticket, pk=session_id).first()
    if session is None:
        raise SessionNotFound(session_id)
    return session


def open_request(act: Act) -> None:
    """Raise Invalid on a closed ticket: its sessions rest until it is reopened."""
    if not act.ticket.is_open_work:
        raise Invalid({"": _("This request is closed.")})


def nobody_left(session: RemoteSession) -> None:
    """Raise Invalid when who was to connect, or who agreed, can no longer sign in: another session is agreed then."""
    left = session.left_by
    if left:
        text = _("%(name)s was to take part and has left since. Cancel the session, or propose another one.")
        raise Invalid({"": text % {"name": left[0].full_name}})


def change_state(session: RemoteSession, verb: SessionVerb, **columns: Any) -> None:
    """Make a move of the session's table and write its columns. Raises IllegalSessionMove."""
    session.state = check_session_move(verb, session.state).target
    for name, value in columns.items():
        setattr(session, name, value)
    update(session, {"state", *columns})


def step_consent(act: Act, session: RemoteSession, payload: dict[str, Any], *, by: int, said_at: datetime) -> None:
    """A customer's person agrees to what was proposed. Raises IllegalSessionMove; Invalid when its time is over."""
    check_session_move(SessionVerb.CONSENT, session.state)
    nobody_left(session)
    if act.now >= session.ends_at:
        raise Invalid({"": _("The proposed time is over. Support has to propose another one.")})
    recorded = act.actor.user_id if act.actor.user_id != by else None
    change_state(session, SessionVerb.CONSENT, consented_by_id=by, consented_at=said_at, recorded_by_id=recorded)
    act.record(Kind.SESSION_CONSENTED, {"session": session.pk, "by_person": by, **payload})


def step_refuse(act: Act, session: RemoteSession, payload: dict[str, Any], *, by: int, said_at: datetime) -> None:
    """A person of the customer does not agree, or takes the consent back. Raises IllegalSessionMove."""
    agreed = session.state == SessionState.AGREED
    verb = SessionVerb.WITHDRAW_CONSENT if agreed else SessionVerb.REFUSE
    kind = Kind.SESSION_CONSENT_WITHDRAWN if agreed else Kind.SESSION_REFUSED
    recorded = act.actor.user_id if act.actor.user_id != by else None
    change_state(session, verb, refused_by_id=by, refused_at=said_at, recorded_by_id=recorded)
    act.record(kind, {"session": session.pk, "by_person": by, **payload})


def checked_tool(text: str, *, field: str = "tool") -> str:
    """The tool's name on one line. Raises Invalid when it is missing or too long."""
    return _line(text, field, LONGEST_TOOL)


def checked_target(text: str) -> str:
    """What will be connected to, on one line. Raises Invalid when it is missing or too long."""
    return _line(text, "target", LONGEST_TARGET)


def instant_text(at: datetime) -> str:
    """An instant as the log writes it."""
    return utc_text(int(at.timestamp()))


def _line(text: str, field: str, most: int) -> str:
    text = one_line(text)
    if not text:
        raise Invalid({field: _("Write something here.")})
    if len(text) > most:
        raise Invalid({field: _("At most %(most)d characters.") % {"most": most}})
    return text
