"""Delete a contract under which nothing was filed."""

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import SupportContract
from mespace.customers.tickets_of import last_filing
from mespace.platform.rows import InUse, locked


@transaction.atomic
def delete_contract(*, actor: Actor, contract_id: int) -> None:
    """The contract, its revisions and files are gone; the row audit keeps them. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    row = locked(SupportContract, contract_id)
    if last_filing(row) is not None:
        raise InUse("tickets.ticket")
    try:
        row.delete()
    except (ProtectedError, RestrictedError) as refusal:
        rows = refusal.protected_objects if isinstance(refusal, ProtectedError) else refusal.restricted_objects
        raise InUse(next(iter(rows))._meta.label_lower) from None  # noqa: SLF001 - Django's public name
