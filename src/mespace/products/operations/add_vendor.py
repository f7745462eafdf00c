"""Add another vendor to the directory."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.products.models import OtherVendor
from mespace.products.operations._vendor import VendorEntry, write_entry


@transaction.atomic
def add_vendor(*, actor: Actor, entry: VendorEntry) -> OtherVendor:
    """The new vendor, to whom tickets can be passed (clause 5.4). Raises Refused, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    return write_entry(OtherVendor(), entry)
