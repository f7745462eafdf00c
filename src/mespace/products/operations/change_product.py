"""Change a product."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Product


@transaction.atomic
def change_product(
    *, actor: Actor, product_id: int, code: str, name: str, description: str, is_active: bool
) -> Product:
    """The product as it is from now on; one that is not offered stays on tickets filed before.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    product = locked(Product, product_id)
    product.code, product.name, product.description = code.strip().lower(), name.strip(), description.strip()
    product.is_active = is_active
    save_checked(product, taken=_("Other software has it already."))
    return product
