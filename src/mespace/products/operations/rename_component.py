"""Rename a part of a product."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Component


@transaction.atomic
def rename_component(*, actor: Actor, component_id: int, name: str) -> Component:
    """The component under its new name. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    component = locked(Component, component_id)
    component.name = name.strip()
    save_checked(component, taken=_("The software has this component already."))
    return component
