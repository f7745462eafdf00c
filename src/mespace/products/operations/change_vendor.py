"""Change how another vendor's support is reached."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import OtherVendor


@transaction.atomic
def change_vendor(
    *, actor: Actor, vendor_id: int, name: str, how_to_reach: str, email: str, phone: str, url: str
) -> OtherVendor:
    """The vendor as it is reached from now on. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    vendor = locked(OtherVendor, vendor_id)
    vendor.name, vendor.how_to_reach = name.strip(), how_to_reach.strip()
    vendor.email, vendor.phone, vendor.url = email.strip(), phone.strip(), url.strip()
    save_checked(vendor, taken=_("This vendor is in the directory already."))
    return vendor
