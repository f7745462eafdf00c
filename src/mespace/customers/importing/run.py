"""Running an import: a preview is the same run, taken back."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.importing.columns import ImportKind, Record
from mespace.customers.importing.people import write_people
from mespace.customers.importing.plan import Plan
from mespace.customers.importing.sites import write_sites
from mespace.customers.models import Customer, CustomerImport
from mespace.platform.rows import found, locked


def run(row: CustomerImport, *, actor: Actor, now: datetime) -> Plan:
    """Write all rows inside the caller's transaction, which a plan with errors must take back."""
    customer = locked(Customer, row.customer_id)
    records = [Record(number, values) for number, values in row.rows]
    if row.kind == ImportKind.PEOPLE:
        return write_people(customer, records, actor=actor, now=now)
    return write_sites(customer, records)


def preview(*, actor: Actor, import_id: int, now: datetime) -> tuple[CustomerImport, Plan]:
    """The import with its customer, and what it would do. Writes nothing. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    row: CustomerImport = found(CustomerImport.objects.select_related("customer"), import_id)
    with transaction.atomic():
        plan = run(row, actor=actor, now=now)
        transaction.set_rollback(True)
    return row, plan
