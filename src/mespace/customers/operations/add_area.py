"""Add a shop to a site."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area, Site
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def add_area(*, actor: Actor, site_id: int, name: str) -> Area:
    """The new area. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    area = Area(site=locked(Site, site_id), name=" ".join(name.split()))
    save_checked(area, taken=_("The site has a shop with this name already."))
    return area
