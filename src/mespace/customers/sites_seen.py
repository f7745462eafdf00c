"""The one gate to sites: whose passports an actor sees. Deny by default."""

from typing import TYPE_CHECKING

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Site

if TYPE_CHECKING:
    from django.db.models import QuerySet


def sites_seen(actor: Actor) -> "QuerySet[Site]":
    """A customer's person: the customer's sites, narrowed as their tickets are; the business's readers: all."""
    if not actor.can(Permission.INSTALLATIONS_READ):
        return Site.objects.none()
    if actor.can(Permission.CUSTOMERS_READ):
        return Site.objects.all()
    rows = Site.objects.filter(customer_id=actor.customer_id or 0)
    return rows if actor.site_ids is None else rows.filter(pk__any=actor.site_ids)
