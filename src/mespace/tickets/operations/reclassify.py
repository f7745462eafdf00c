"""Changing type and criticality: staff with a reason, the customer by proposing a criticality (clause 5.3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason


def reclassify(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    ticket_type: str,
    criticality: str,
    reason: str,
    key: str | None = None,
) -> Ticket:
    """The ticket with another type or criticality, by staff. Before the reaction the deadline is folded anew (E2).

    Another type made an incident starts non-critical; only incidents can be critical.
    Raises TicketNotFound, Refused, Invalid (also when nothing would change).
    """
    content = [ticket_type, criticality, reason]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="reclassify", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        ticket = act.ticket
        if not ticket.is_open_work:
            raise Invalid({"": _("A closed request keeps its type and criticality.")})
        if ticket_type not in set(TicketType):
            raise Invalid({"type": _("Choose a type.")})
        if criticality not in set(Criticality):
            raise Invalid({"criticality": _("Choose a criticality.")})
        if ticket_type != TicketType.INCIDENT or ticket.type != TicketType.INCIDENT:
            criticality = Criticality.NON_CRITICAL
        if (ticket_type, criticality) == (ticket.type, ticket.criticality):
            raise Invalid({"": _("This is its type and criticality already.")})
        ticket.type, ticket.criticality = ticket_type, criticality
        act.record(
            Kind.RECLASSIFIED,
            {"type": str(ticket_type), "criticality": str(criticality), "by": "staff", **write_reason(act, reason)},
        )
    return act.ticket
