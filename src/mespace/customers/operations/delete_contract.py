"""Delete a contract under which nothing was filed."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import SupportContract
from mespace.platform.rows import delete_unused, locked


@transaction.atomic
def delete_contract(*, actor: Actor, contract_id: int) -> None:
    """The contract is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    row = locked(SupportContract, contract_id)
    row.products.clear()
    delete_unused(row)
