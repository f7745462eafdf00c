"""Forget which build of a product runs at a site."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation, InstallationRecord, InstallationSource
from mespace.platform.rows import locked


@transaction.atomic
def remove_installation(*, actor: Actor, now: datetime, installation_id: int) -> None:
    """The site no longer has the product; its history and the tickets keep the build that they named.

    Raises Refused, RowNotFound.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    row = locked(Installation, installation_id)
    InstallationRecord.objects.create(
        site_id=row.site_id,
        product_id=row.product_id,
        source=InstallationSource.ENTERED,
        by_id=actor.person_id,
        at=now,
    )
    row.delete()
