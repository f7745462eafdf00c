"""The cause of a ticket is confirmed to be a known error of the software (clause 4.7), or after all it is not."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import KnownError
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason


def link_known_error(
    *, ticket_id: int, actor: Actor, now: datetime, known_error_id: int, key: str | None = None
) -> Ticket:
    """The ticket, of whatever type and status, linked to the known error that caused it; both sides see its fix.

    Raises TicketNotFound, Refused, Invalid (of other software, linked to another one).
    """
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="link_known_error", content=known_error_id
    ) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        ticket = act.ticket
        rows = KnownError.objects.filter(product_id=ticket.product_id, withdrawn_at=None)
        error = rows.filter(pk=known_error_id).first()
        if error is None:
            raise Invalid({"known_error": _("Choose a known error of this product.")})
        if ticket.known_error_id == error.pk:
            return ticket
        if ticket.known_error_id is not None:
            raise Invalid({"known_error": _("It is linked to another known error: take that link away first.")})
        act.record(Kind.KNOWN_ERROR_LINKED, {"known_error": error.pk})
        act.change(known_error_id=error.pk)
    return act.ticket


def unlink_known_error(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket without its known error, with the reason that both sides read; the log keeps both facts.

    Raises TicketNotFound, Refused, Invalid (not linked, closed by that error, no reason).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="unlink_known_error", content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        ticket = act.ticket
        if ticket.known_error_id is None:
            raise Invalid({"": _("It is linked to no known error.")})
        if ticket.resolution == "known_error":
            raise Invalid({"": _("The request was closed by this known error, so the link stays.")})
        act.record(Kind.KNOWN_ERROR_UNLINKED, {"known_error": ticket.known_error_id, **write_reason(act, reason)})
        act.change(known_error_id=None)
    return act.ticket
