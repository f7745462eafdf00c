"""Delete a documented configuration."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.models import SupportedConfiguration


@transaction.atomic
def delete_configuration(*, actor: Actor, configuration_id: int) -> None:
    """The line is gone from the matrix; passports are judged without it. Raises Refused, RowNotFound."""
    actor.require(Permission.PRODUCTS_MANAGE)
    locked(SupportedConfiguration, configuration_id).delete()
