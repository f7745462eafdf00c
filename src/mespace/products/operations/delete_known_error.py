"""Delete a known error that was entered by mistake: no ticket is linked to it, and its fix was never promised."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import InUse, delete_unused, locked
from mespace.products.models import KnownError, KnownErrorEntry
from mespace.products.operations._plan import was_promised


@transaction.atomic
def delete_known_error(*, actor: Actor, known_error_id: int) -> None:
    """The known error is gone; what was promised about it is withdrawn with a reason instead.

    Raises Refused, RowNotFound, InUse.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    row = locked(KnownError, known_error_id)
    if was_promised(row):
        raise InUse("obligations.obligation")
    row.affected_builds.clear()
    row.affected_versions.clear()
    KnownErrorEntry.objects.filter(pk=row.pk).delete()
    delete_unused(row)
