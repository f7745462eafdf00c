"""Delete a customer that was created by mistake."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer, Project
from mespace.platform.rows import delete_unused, locked


@transaction.atomic
def delete_customer(*, actor: Actor, customer_id: int) -> None:
    """The customer and its project are gone. Raises Refused, RowNotFound, or InUse when anything else belongs to it."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    customer = locked(Customer, customer_id)
    delete_unused(Project.objects.get(customer=customer))
    delete_unused(customer)
