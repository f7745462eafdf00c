"""The customer reopens a closed ticket within the edition's term, while entitled."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import entitling_revision
from mespace.regulation.queries import parameters_of
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Status, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._steps import reopen_until


def reopen(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket back in `analysis`; no second reaction clock starts.

    Raises TicketNotFound, Refused, IllegalMove, NotEntitled (no contract is valid today), Invalid (too late; no
    reason).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="reopen", content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        ticket = act.ticket
        if ticket.status == Status.CLOSED:
            until = reopen_until(ticket, parameters_of(ticket.regulation_edition.code).reopen_seconds)
            if until is None or now > until:
                raise Invalid(
                    {"": _("This request can no longer be reopened. Continue in a new one; the two will be linked.")}
                )
            entitling_revision(customer_id=ticket.customer_id, product_id=ticket.product_id, at=now)
        act.move(Verb.REOPEN, Kind.REOPENED, write_reason(act, reason))
    return act.ticket
