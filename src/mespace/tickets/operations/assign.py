"""Who works on a ticket."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting


def assign(*, ticket_id: int, actor: Actor, now: datetime, to_user_id: int | None, key: str | None = None) -> Ticket:
    """The ticket, held by an agent or a contractor, or by nobody. Assigning is no reaction (E2).

    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="assign", content=to_user_id) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_ASSIGN)
        if not act.ticket.is_open_work:
            raise Invalid({"": _("A closed request is not assigned.")})
        if (
            to_user_id is not None
            and not User.objects.filter(
                pk=to_user_id, is_active=True, roles__overlap=[Role.AGENT, Role.CONTRACTOR]
            ).exists()
        ):
            raise Invalid({"assignee": _("Choose an agent or a contractor.")})
        if act.ticket.assignee_id != to_user_id:
            act.change(assignee_id=to_user_id)
            act.record(Kind.ASSIGNED, {"to_user": to_user_id})
    return act.ticket
