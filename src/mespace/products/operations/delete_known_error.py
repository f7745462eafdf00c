"""Delete a known error to which no ticket is linked."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import delete_unused, locked
from mespace.products.models import KnownError


@transaction.atomic
def delete_known_error(*, actor: Actor, known_error_id: int) -> None:
    """The known error is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.PRODUCTS_MANAGE)
    row = locked(KnownError, known_error_id)
    row.affected_builds.clear()
    row.affected_versions.clear()
    delete_unused(row)
