"""The one gate: which tickets an actor sees. Deny by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from mespace.accounts.permissions import Permission
from mespace.tickets.lifecycle import Status

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.tickets.models.ticket import Ticket  # noqa: F401 - named in the type below


def visible(actor: Actor) -> Q | None:
    """The condition under which `actor` sees a ticket; None when they see none."""
    if actor.can(Permission.TICKET_READ_ALL):
        return Q()
    if actor.can(Permission.TICKET_READ_OWN_CUSTOMER) and actor.customer_id is not None:
        own = Q(customer_id=actor.customer_id)
        if actor.site_ids is None:
            return own
        mine = Q(requester_id=actor.user_id) | Q(holder_id=actor.user_id) | Q(site_id__in=sorted(actor.site_ids))
        return own & mine
    if actor.can(Permission.TICKET_READ_ASSIGNED):
        return Q(assignee_id=actor.user_id)
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
