"""A customer's person reacted by phone: staff write who said what."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._people import customer_person


def record_customer_reaction(
    *, ticket_id: int, actor: Actor, now: datetime, by_person_id: int | None, said: str, key: str | None = None
) -> Ticket:
    """The ticket back in `analysis`; the term ends as answered.

    Raises TicketNotFound, Refused, IllegalMove, Invalid (no such person, nothing said).
    """
    with acting(
        ticket_id=ticket_id,
        actor=actor,
        now=now,
        key=key,
        name="record_customer_reaction",
        content=[by_person_id, said],
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        person = customer_person(act.ticket, by_person_id, field="by_person")
        act.move(
            Verb.RECORD_CUSTOMER_REACTION,
            Kind.REACTION_RECORDED,
            {"by_person": person.pk, **write_reason(act, said, field="said")},
        )
    return act.ticket
