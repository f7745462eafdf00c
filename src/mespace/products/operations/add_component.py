"""Add a part to a product."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Component, Product


@transaction.atomic
def add_component(*, actor: Actor, product_id: int, name: str) -> Component:
    """The new component. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    component = Component(product=locked(Product, product_id), name=name.strip())
    save_checked(component, taken=_("The software has this component already."))
    return component
