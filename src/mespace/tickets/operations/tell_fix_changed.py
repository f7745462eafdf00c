"""A known error's fix was named, moved or became available: each linked ticket says so, and its people are told."""

from datetime import datetime
from typing import Any

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import FixChange
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import Act, acting


def tickets_to_tell(*, change: FixChange) -> list[int]:
    """The tickets linked to the change's known error, oldest first."""
    rows = Ticket.objects.filter(known_error_id=change.known_error_id).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def tell_fix_changed(*, ticket_id: int, actor: Actor, now: datetime, change: FixChange) -> Ticket:
    """The ticket with the change in its log (clause 4.7); told before or no longer linked, nothing happens.

    Closed tickets are told too: what closed them is now fixed, or comes later. Raises TicketNotFound, Refused.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now) as act:
        actor.require(Permission.PRODUCTS_MANAGE)
        if act.ticket.known_error_id == change.known_error_id and not was_told(act, change.pk):
            act.record(Kind.FIX_CHANGED, fix_payload(change))
    return act.ticket


def was_told(act: Act, change_id: int) -> bool:
    """Whether the ticket's log holds the change already."""
    return any(event.kind == Kind.FIX_CHANGED and event.payload["change"] == change_id for event in act.events())


def fix_payload(change: FixChange) -> dict[str, Any]:
    """What the log says of a change: ids, codes and a date; the reason is shown from the change's row."""
    payload: dict[str, Any] = {"known_error": change.known_error_id, "change": change.pk, "state": change.state}
    if change.target:
        payload["target"] = change.target
    if change.on is not None:
        payload["on"] = change.on.isoformat()
    return payload
