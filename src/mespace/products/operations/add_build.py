"""Add a build by its full number."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.build_number import parse_build_number
from mespace.products.models import Build, Product, Version


@transaction.atomic
def add_build(*, actor: Actor, product_id: int, number: str, released_on: date | None = None) -> Build:
    """The build `4.12.3`; version 4 comes to be with it if the product has none yet.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    first, major, minor = parse_build_number(number)
    product = locked(Product, product_id)
    version = Version.objects.filter(product=product, number=first).first()
    if version is None:
        version = Version(product=product, number=first)
        save_checked(version, taken=_("The software has this build already."))
    if Build.objects.filter(version=version, major=major, minor=minor).exists():
        raise ValidationError({"number": _("The software has this build already.")})
    build = Build(version=version, major=major, minor=minor, released_on=released_on)
    save_checked(build, taken=_("The software has this build already."))
    return build
