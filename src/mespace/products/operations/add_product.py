"""Add a product."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import save_checked
from mespace.products.models import Product


@transaction.atomic
def add_product(*, actor: Actor, code: str, name: str, description: str = "", is_active: bool = True) -> Product:
    """The new product. Raises Refused, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    product = Product(
        code=code.strip().lower(), name=name.strip(), description=description.strip(), is_active=is_active
    )
    save_checked(product, taken=_("Other software has it already."))
    return product
