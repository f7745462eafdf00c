"""Staff were mistaken about a duplicate."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Resolution, Status, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason


def undo_duplicate(*, ticket_id: int, actor: Actor, now: datetime, reason: str, key: str | None = None) -> Ticket:
    """The ticket back in `analysis`, pointing at no other.

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="undo_duplicate", content=reason) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        if act.ticket.status == Status.CLOSED and act.ticket.resolution != Resolution.DUPLICATE:
            raise Invalid({"": _("This request was not closed as a duplicate.")})
        act.move(Verb.UNDO_DUPLICATE, Kind.DUPLICATE_UNDONE, write_reason(act, reason))
    return act.ticket
