"""The customer's wish for another criticality while the incident is open (clause 5.3)."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Criticality, Status, TicketType
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._steps import step_react


def propose_criticality(
    *, ticket_id: int, actor: Actor, now: datetime, criticality: str, reason: str, key: str | None = None
) -> Ticket:
    """The incident with the proposed criticality while support has not reacted; afterwards an alarm, no clock moves.

    In a waiting status it is a reaction like any other. Raises TicketNotFound, Refused, Invalid.
    """
    content = [criticality, reason]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="propose_criticality", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        ticket = act.ticket
        if ticket.type != TicketType.INCIDENT or not ticket.is_open_work:
            raise Invalid({"": _("Only an open incident has a criticality to propose.")})
        if criticality not in set(Criticality):
            raise Invalid({"criticality": _("Choose a criticality.")})
        if ticket.status == Status.OPEN:
            if criticality == ticket.criticality:
                raise Invalid({"criticality": _("This is its criticality already.")})
            why = write_reason(act, reason)
            ticket.criticality = criticality
            act.record(
                Kind.RECLASSIFIED, {"type": str(ticket.type), "criticality": str(criticality), "by": "customer", **why}
            )
        else:
            act.record(Kind.CRITICALITY_PROPOSED, {"criticality": str(criticality), **write_reason(act, reason)})
            if ticket.is_waiting:
                step_react(act)
    return act.ticket
