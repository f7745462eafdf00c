"""Delete a section or line."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import WorkCenter
from mespace.platform.rows import delete_unused, locked


@transaction.atomic
def delete_work_center(*, actor: Actor, work_center_id: int) -> None:
    """The work center is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    delete_unused(locked(WorkCenter, work_center_id))
