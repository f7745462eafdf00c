"""Add a version of a product."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Product, Version
from mespace.products.operations._support_dates import check_support_dates


@transaction.atomic
def add_version(
    *, actor: Actor, product_id: int, number: int, limited_from: date | None = None, ended_from: date | None = None
) -> Version:
    """The new version; without dates it is fully supported (clause 6.2).

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    check_support_dates(limited_from=limited_from, ended_from=ended_from)
    version = Version(
        product=locked(Product, product_id), number=number, limited_from=limited_from, ended_from=ended_from
    )
    save_checked(version, taken=_("The software has this version already."))
    return version
