"""Forget which build of a product runs at a site."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation
from mespace.platform.rows import locked


@transaction.atomic
def remove_installation(*, actor: Actor, installation_id: int) -> None:
    """The site no longer has the product; tickets keep the build that they named. Raises Refused, RowNotFound."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    locked(Installation, installation_id).delete()
