"""Delete a component."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import Component


@transaction.atomic
def delete_component(*, actor: Actor, component_id: int) -> None:
    """The component is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    delete_unused(locked(Component, component_id))
