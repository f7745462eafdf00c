"""Saying that a ticket comes from a configuration that is not supported (clause 6.1), and taking that back."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason


def mark_outside_support(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket, marked as outside support with a reason that the customer reads. Its clocks and moves stay.

    Raises TicketNotFound, Refused, Invalid (no reason, closed, marked already).
    """
    return _mark(Kind.OUTSIDE_SUPPORT, ticket_id=ticket_id, actor=actor, now=now, reason=reason, key=key)


def mark_within_support(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket without the mark, with the reason; both facts stay in the log.

    Raises TicketNotFound, Refused, Invalid (no reason, closed, not marked).
    """
    return _mark(Kind.WITHIN_SUPPORT, ticket_id=ticket_id, actor=actor, now=now, reason=reason, key=key)


def _mark(kind: Kind, *, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None) -> Ticket:
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name=kind.value, content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        outside = kind is Kind.OUTSIDE_SUPPORT
        if not act.ticket.is_open_work:
            raise Invalid({"": _("This request is closed.")})
        if act.ticket.outside_support == outside:
            raise Invalid({"": _("It is marked so already.") if outside else _("It is not marked as outside support.")})
        act.record(kind, write_reason(act, reason))
        act.change(outside_support=outside)
    return act.ticket
