"""Suspending by hand: at a customer person's request, or because another vendor must act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb, WaitingFor
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._people import customer_person


@dataclass(frozen=True)
class Suspension:
    """Why and for whom a ticket waits."""

    waiting_for: str
    reason: str
    requested_by_id: int | None = None


def suspend(*, ticket_id: int, actor: Actor, now: datetime, suspension: Suspension, key: str | None = None) -> Ticket:
    """The suspended ticket; waiting for the customer needs the person who asked for it.

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="suspend", content=suspension) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        if suspension.waiting_for not in set(WaitingFor):
            raise Invalid({"waiting_for": _("Say who must act.")})
        payload: dict[str, Any] = {"waiting_for": str(suspension.waiting_for)}
        if suspension.waiting_for == WaitingFor.CUSTOMER:
            payload["requested_by"] = customer_person(act.ticket, suspension.requested_by_id, field="requested_by").pk
        payload |= write_reason(act, suspension.reason)
        act.move(Verb.SUSPEND, Kind.SUSPENDED, payload, waiting_for=suspension.waiting_for)
    return act.ticket
