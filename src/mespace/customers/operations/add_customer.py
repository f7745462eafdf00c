"""Add a customer with its one project."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.legal_entity import NOT_KNOWN, LegalEntity
from mespace.customers.models import Customer, Project
from mespace.customers.operations._texts import under
from mespace.platform.rows import save_checked


@transaction.atomic
def add_customer(  # noqa: PLR0913 - one argument per field of the form
    *,
    actor: Actor,
    now: datetime,
    name: str,
    project_code: str,
    short_name: str = "",
    project_name: str = "",
    narrow_to_sites: bool = False,
    ticket_types: Collection[str] = (),
    note: str = "",
    legal: LegalEntity = NOT_KNOWN,
) -> Customer:
    """The new customer; its tickets will be CODE-1, CODE-2 … Raises Refused, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    name = " ".join(name.split())
    customer = Customer(
        name=name,
        short_name=" ".join(short_name.split()) or name[:60],
        narrow_to_sites=narrow_to_sites,
        ticket_types=list(ticket_types),
        note=note.strip(),
        created_at=now,
    )
    legal.write_to(customer)
    save_checked(customer, taken=_("Another customer has it already."))
    project = Project(customer=customer, code=project_code.strip().upper(), name=" ".join(project_name.split()) or name)
    with under({"code": "project_code", "name": "project_name"}):
        save_checked(project, taken=_("This code belongs to another customer."))
    return customer
