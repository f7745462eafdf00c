"""Change a plant of a customer."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Site
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def change_site(*, actor: Actor, site_id: int, name: str, time_zone: str, address: str, is_active: bool) -> Site:
    """The site as it is from now on; one out of use stays on its tickets and is offered for no new one.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    site = locked(Site, site_id)
    site.name, site.address = " ".join(name.split()), " ".join(address.split())
    site.time_zone, site.is_active = time_zone, is_active
    save_checked(site, taken=_("The customer has a site with this name already."))
    return site
