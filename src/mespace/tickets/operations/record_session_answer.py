"""A customer's person answered about a remote session by phone: staff write who said what, and when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._people import customer_person
from mespace.tickets.operations._sessions import (
    instant_text,
    open_request,
    session_of,
    step_consent,
    step_refuse,
)


@dataclass(frozen=True)
class Answer:
    """Who of the customer said what, and when; `said_at` None means just now."""

    consents: bool
    by_person_id: int | None
    said: str
    said_at: datetime | None = None


def record_session_answer(
    *, ticket_id: int, actor: Actor, now: datetime, session_id: int, answer: Answer, key: str | None = None
) -> Ticket:
    """The ticket, whose session is agreed, refused or no longer agreed; both sides read who said what.

    In a waiting status it is the customer's reaction by phone, in the same act: back to analysis.
    Raises TicketNotFound, SessionNotFound, Refused, IllegalSessionMove, Invalid by field.
    """
    content = [session_id, answer]
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="record_session_answer", content=content
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        open_request(act)
        session = session_of(act, session_id)
        person = customer_person(act.ticket, answer.by_person_id, field="by_person")
        said_at = (answer.said_at or act.now).replace(microsecond=0)
        if said_at > act.now:
            raise Invalid({"said_at": _("This lies ahead.")})
        if said_at < session.proposed_at:
            raise Invalid({"said_at": _("The session was not proposed yet at that time.")})
        waiting = act.ticket.is_waiting
        said = write_reason(act, answer.said, field="said")
        payload = {"said_at": instant_text(said_at), **({} if waiting else said)}
        step = step_consent if answer.consents else step_refuse
        step(act, session, payload, by=person.pk, said_at=said_at)
        if waiting:
            act.move(Verb.RECORD_CUSTOMER_REACTION, Kind.REACTION_RECORDED, {"by_person": person.pk, **said})
    return act.ticket
