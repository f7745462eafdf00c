"""Delete a product that nothing refers to."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import Product


@transaction.atomic
def delete_product(*, actor: Actor, product_id: int) -> None:
    """The product is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    delete_unused(locked(Product, product_id))
