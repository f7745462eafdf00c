"""Delete a build that nothing refers to."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import Build


@transaction.atomic
def delete_build(*, actor: Actor, build_id: int) -> None:
    """The build is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    delete_unused(locked(Build, build_id))
