"""Change a customer."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.legal_entity import NOT_KNOWN, LegalEntity
from mespace.customers.models import Customer, Project
from mespace.customers.operations._texts import under
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def change_customer(  # noqa: PLR0913 - one argument per field of the form
    *,
    actor: Actor,
    customer_id: int,
    name: str,
    short_name: str,
    project_name: str,
    narrow_to_sites: bool,
    ticket_types: Collection[str],
    note: str,
    legal: LegalEntity = NOT_KNOWN,
) -> Customer:
    """The customer as it is from now on; the project's code stays, because keys of tickets begin with it.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    customer = locked(Customer, customer_id)
    customer.name = " ".join(name.split())
    customer.short_name = " ".join(short_name.split()) or customer.name[:60]
    customer.narrow_to_sites, customer.ticket_types, customer.note = narrow_to_sites, list(ticket_types), note.strip()
    legal.write_to(customer)
    save_checked(customer, taken=_("Another customer has it already."))
    project = Project.objects.select_for_update().get(customer=customer)
    project.name = " ".join(project_name.split()) or customer.name
    with under({"name": "project_name"}):
        save_checked(project, taken=_("This code belongs to another customer."))
    return customer
