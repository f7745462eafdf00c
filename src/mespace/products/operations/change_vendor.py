"""Change how another vendor's support is reached."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.models import OtherVendor
from mespace.products.operations._vendor import VendorEntry, write_entry


@transaction.atomic
def change_vendor(*, actor: Actor, vendor_id: int, entry: VendorEntry) -> OtherVendor:
    """The vendor as it is reached from now on. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    return write_entry(locked(OtherVendor, vendor_id), entry)
