"""Add another vendor to the directory."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import save_checked
from mespace.products.models import OtherVendor


@transaction.atomic
def add_vendor(
    *, actor: Actor, name: str, how_to_reach: str, email: str = "", phone: str = "", url: str = ""
) -> OtherVendor:
    """The new vendor, to whom tickets can be passed (clause 5.4). Raises Refused, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    vendor = OtherVendor(
        name=name.strip(), email=email.strip(), phone=phone.strip(), url=url.strip(), how_to_reach=how_to_reach.strip()
    )
    save_checked(vendor, taken=_("This vendor is in the directory already."))
    return vendor
