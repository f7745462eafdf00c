"""Delete another vendor to whom no ticket was passed."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import OtherVendor


@transaction.atomic
def delete_vendor(*, actor: Actor, vendor_id: int) -> None:
    """The vendor is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    delete_unused(locked(OtherVendor, vendor_id))
