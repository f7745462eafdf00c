"""Take a table to be imported; nothing is imported yet."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.importing.columns import ImportKind, records
from mespace.customers.models import Customer, CustomerImport
from mespace.platform.files import clean_name
from mespace.platform.rows import locked
from mespace.platform.tables import TableRefused, read_table


@transaction.atomic
def upload_import(
    *, actor: Actor, now: datetime, customer_id: int, kind: ImportKind, file_name: str, data: bytes
) -> CustomerImport:
    """The table's rows, kept for a preview. Raises Refused, RowNotFound, or ValidationError on `file`."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    customer = locked(Customer, customer_id)
    try:
        rows = records(kind, read_table(data))
    except TableRefused as refusal:
        raise ValidationError({"file": refusal.reason}) from None
    return CustomerImport.objects.create(
        customer=customer,
        kind=kind,
        file_name=clean_name(file_name),
        rows=[[row.number, dict(row.values)] for row in rows],
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )
