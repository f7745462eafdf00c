"""Change a documented configuration."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.models import SupportedConfiguration
from mespace.products.operations._configuration import ConfigurationLine, write_line


@transaction.atomic
def change_configuration(*, actor: Actor, configuration_id: int, line: ConfigurationLine) -> SupportedConfiguration:
    """The line of the matrix as it is from now on. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    return write_line(locked(SupportedConfiguration, configuration_id), line)
