"""Warning staff that a customer's person was not reached."""

from datetime import datetime

from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery
from mespace.notifications.operations._tell import Told, tell
from mespace.tickets.models import Ticket


def warn_of_undelivered(*, delivery: Delivery, now: datetime) -> int:
    """How many of the vendor's people were told that a mail about a ticket did not reach its customer's person.

    Whoever works on it, or all agents while nobody does. Must run inside a transaction; once per delivery.
    """
    if delivery.ticket_id is None or not delivery.recipient.is_customer:
        return 0
    ticket = Ticket.objects.get(pk=delivery.ticket_id)
    people = people_of(ticket, at=now)
    whom = people.held if ticket.assignee_id is not None else people.held | people.agents
    told = [
        Told(user, relation, Kind.UNDELIVERED, now, occasion=f"{delivery.pk}")
        for user, actor in hearers(ticket, whom)
        if actor.is_staff and (relation := people.relation(user.pk, Kind.UNDELIVERED)) is not None
    ]
    return tell(subject_kind=delivery.subject_kind, subject_id=delivery.subject_id, told=told, now=now)
