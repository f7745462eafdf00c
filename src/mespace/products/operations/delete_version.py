"""Delete a version without builds."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import Version


@transaction.atomic
def delete_version(*, actor: Actor, version_id: int) -> None:
    """The version is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    delete_unused(locked(Version, version_id))
