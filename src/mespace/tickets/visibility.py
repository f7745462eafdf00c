"""The one gate: which tickets an actor sees. Deny by default (clause 7.1)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from mespace.accounts.permissions import Permission
from mespace.platform.prepared import Given
from mespace.tickets.lifecycle import Status

if TYPE_CHECKING:
    from mespace.accounts.actor import Actor
    from mespace.tickets.models.ticket import Ticket  # noqa: F401 - named in the type below


class Sight(StrEnum):
    """What kind of condition decides which tickets a person sees."""

    NOTHING = "nothing"
    EVERYTHING = "everything"
    CUSTOMER = "customer"
    SITES = "sites"
    ASSIGNED = "assigned"


def sight_of(actor: Actor) -> Sight:
    """The kind of condition under which `actor` sees a ticket."""
    if actor.can(Permission.TICKET_READ_ALL):
        return Sight.EVERYTHING
    if actor.can(Permission.TICKET_READ_OWN_CUSTOMER) and actor.customer_id is not None:
        return Sight.CUSTOMER if actor.site_ids is None else Sight.SITES
    if actor.can(Permission.TICKET_READ_ASSIGNED):
        return Sight.ASSIGNED
    return Sight.NOTHING


def visible(actor: Actor) -> Q | None:
    """The condition under which `actor` sees a ticket; None when they see none."""
    return _condition(sight_of(actor), **sight_values(actor))


def visible_by_ticket(actor: Actor) -> Q | None:
    """The same for rows that belong to a ticket, by their column `ticket`."""
    return _condition(sight_of(actor), prefix="ticket__", **sight_values(actor))


def sight_values(actor: Actor) -> dict[str, Any]:
    """The values of the condition: for a prepared statement they are given beside it."""
    return {
        "seen_by": actor.user_id,
        "seen_customer": actor.customer_id,
        "seen_sites": sorted(actor.site_ids or ()),
    }


def _condition(
    sight: Sight,
    *,
    seen_by: Any,  # noqa: ANN401 - values, or their places
    seen_customer: Any,  # noqa: ANN401
    seen_sites: Any,  # noqa: ANN401
    prefix: str = "",
) -> Q | None:
    def where(column: str, value: Any) -> Q:  # noqa: ANN401
        return Q((f"{prefix}{column}", value))

    match sight:
        case Sight.EVERYTHING:
            return Q()
        case Sight.CUSTOMER:
            return where("customer_id", seen_customer)
        case Sight.SITES:
            mine = where("requester_id", seen_by) | where("holder_id", seen_by) | where("site_id__any", seen_sites)
            return where("customer_id", seen_customer) & mine
        case Sight.ASSIGNED:
            return where("assignee_id", seen_by)
        case Sight.NOTHING:
            return None


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Chainable filters of tickets."""

    def visible_to(self, actor: Actor) -> TicketQuerySet:
        """Those that `actor` may see; nothing for anybody else."""
        condition = visible(actor)
        return self.none() if condition is None else self.filter(condition)

    def visible_in(self, sight: Sight) -> TicketQuerySet:
        """The same for a prepared statement, which is run with `sight_values(actor)`."""
        condition = _condition(
            sight, seen_by=Given("seen_by"), seen_customer=Given("seen_customer"), seen_sites=Given("seen_sites")
        )
        return self.none() if condition is None else self.filter(condition)

    def open_work(self) -> TicketQuerySet:
        """Not closed; matches the partial indexes' condition."""
        return self.exclude(status=Status.CLOSED)
