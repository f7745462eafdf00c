"""Add a plant to a customer."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer, Site
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def add_site(
    *, actor: Actor, customer_id: int, name: str, time_zone: str, address: str = "", is_active: bool = True
) -> Site:
    """The new site. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    site = Site(
        customer=locked(Customer, customer_id),
        name=" ".join(name.split()),
        address=" ".join(address.split()),
        time_zone=time_zone,
        is_active=is_active,
    )
    save_checked(site, taken=_("The customer has a site with this name already."))
    return site
