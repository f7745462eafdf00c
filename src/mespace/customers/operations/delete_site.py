"""Delete a site that nothing refers to."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Site
from mespace.platform.rows import delete_unused, locked


@transaction.atomic
def delete_site(*, actor: Actor, site_id: int) -> None:
    """The site is gone. Raises Refused, RowNotFound, InUse."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    delete_unused(locked(Site, site_id))
