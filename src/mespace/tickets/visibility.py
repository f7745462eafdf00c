"""The one gate: which tickets an actor sees. Deny by default (clause 7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from mespace.accounts.permissions import Permission
from mespace.tickets.lifecycle import Status

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.tickets.models.ticket import Ticket  # noqa: F401 - named in the type below


def visible(actor: Actor, prefix: str = "") -> Q | None:
    """The condition under which `actor` sees a ticket; None when they see none.

    `prefix` is the way to the ticket from rows that belong to one, as in `ticket__`.
    """

    def where(column: str, value: Any) -> Q:  # noqa: ANN401 - what a column may hold
        return Q((f"{prefix}{column}", value))

    if actor.can(Permission.TICKET_READ_ALL):
        return Q()
    if actor.can(Permission.TICKET_READ_OWN_CUSTOMER) and actor.customer_id is not None:
        own = where("customer_id", actor.customer_id)
        if actor.site_ids is None:
            return own
        mine = where("requester_id", actor.user_id) | where("holder_id", actor.user_id)
        return own & (mine | where("site_id__any", actor.site_ids))
    if actor.can(Permission.TICKET_READ_ASSIGNED):
        return where("assignee_id", actor.user_id)
    return None


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Chainable filters of tickets."""

    def visible_to(self, actor: Actor) -> TicketQuerySet:
        """Those that `actor` may see; nothing for anybody else."""
        condition = visible(actor)
        return self.none() if condition is None else self.filter(condition)

    def open_work(self) -> TicketQuerySet:
        """Not closed; matches the partial indexes' condition."""
        return self.exclude(status=Status.CLOSED)
