"""Support proposes a remote session: when, who connects, with what tool, to what, and what for (clause 6.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.ledger.canonical import new_salt, salted_digest
from mespace.platform.writing import insert
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import MessageKind, RemoteSession, Ticket, Watcher
from mespace.tickets.operations._act import Act, acting
from mespace.tickets.operations._messages import clean_text, write_message
from mespace.tickets.operations._sessions import checked_target, checked_tool, instant_text, open_request
from mespace.tickets.operations._work import worker

LONGEST = timedelta(hours=24)
FURTHEST = timedelta(days=180)


@dataclass(frozen=True)
class Terms:
    """What the customer is asked to agree to: the window `[starts_at, ends_at)` and everything within it."""

    starts_at: datetime
    ends_at: datetime
    tool: str
    target: str
    purpose: str
    person_id: int | None = None


def propose_session(*, ticket_id: int, actor: Actor, now: datetime, terms: Terms, key: str | None = None) -> Ticket:
    """The ticket with the proposed session. Whoever will connect watches the ticket from now on.

    The status and all clocks stay: on an open ticket it is no reaction. Nothing may be done before a named person of
    the customer has agreed. Raises TicketNotFound, Refused, Invalid by field.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="propose_session", content=terms) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        open_request(act)
        propose(act, terms)
    return act.ticket


def propose(act: Act, terms: Terms) -> RemoteSession:
    """Store a session and its fact, within an act. Raises Invalid, all fields at once."""
    starts, ends = terms.starts_at.replace(microsecond=0), terms.ends_at.replace(microsecond=0)
    errors = _window_errors(act, starts, ends)
    tool = target = ""
    person_id = 0
    try:
        tool = checked_tool(terms.tool)
    except Invalid as refusal:
        errors |= refusal.errors
    try:
        target = checked_target(terms.target)
    except Invalid as refusal:
        errors |= refusal.errors
    try:
        clean_text(terms.purpose, field="purpose")
    except Invalid as refusal:
        errors |= refusal.errors
    try:
        person_id = worker(act.ticket, terms.person_id, actor=act.actor, field="person").pk
    except Invalid as refusal:
        errors |= refusal.errors
    if errors:
        raise Invalid(errors)
    written = write_message(act, body=terms.purpose, kind=MessageKind.SESSION, field="purpose")
    last = RemoteSession.objects.filter(ticket=act.ticket).aggregate(last=Max("number"))["last"] or 0
    session = RemoteSession(
        ticket=act.ticket,
        number=last + 1,
        proposed_by_id=act.actor.person_id,
        proposed_at=act.now,
        starts_at=starts,
        ends_at=ends,
        person_id=person_id,
        tool=tool,
        target=target,
        purpose=written.message,
        salt=new_salt(),
    )
    insert(session)
    Watcher.objects.get_or_create(ticket=act.ticket, user_id=person_id, defaults={"since": act.now})
    terms_digest = salted_digest(session.salt, session.terms)
    act.record(
        Kind.SESSION_PROPOSED,
        {
            "session": session.pk,
            "person": person_id,
            "starts": instant_text(starts),
            "ends": instant_text(ends),
            "terms_digest": terms_digest,
            **written.payload,
        },
    )
    act.answer = {"session": session.pk}
    return session


def _window_errors(act: Act, starts: datetime, ends: datetime) -> dict[str, str]:
    if ends <= act.now:
        return {"ends_at": _("This time is over.")}
    if ends <= starts:
        return {"ends_at": _("The end comes after the beginning.")}
    if ends - starts > LONGEST:
        return {"ends_at": _("A session lasts a day at most; propose several.")}
    if starts > act.now + FURTHEST:
        return {"starts_at": _("This is more than half a year ahead.")}
    return {}
