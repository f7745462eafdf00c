"""Delete a shop without work centers."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area
from mespace.platform.rows import delete_unused, locked


@transaction.atomic
def delete_area(*, actor: Actor, area_id: int) -> None:
    """The area is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    delete_unused(locked(Area, area_id))
