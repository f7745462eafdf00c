"""Rename a shop."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def rename_area(*, actor: Actor, area_id: int, name: str) -> Area:
    """The area under its new name. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    area = locked(Area, area_id)
    area.name = " ".join(name.split())
    save_checked(area, taken=_("The site has a shop with this name already."))
    return area
