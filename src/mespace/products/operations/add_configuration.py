"""Document a configuration with which the software is supported."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.models import Product, SupportedConfiguration
from mespace.products.operations._configuration import ConfigurationLine, write_line


@transaction.atomic
def add_configuration(*, actor: Actor, product_id: int, line: ConfigurationLine) -> SupportedConfiguration:
    """The new line of the matrix (clause 6.1). Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    return write_line(SupportedConfiguration(product=locked(Product, product_id)), line)
