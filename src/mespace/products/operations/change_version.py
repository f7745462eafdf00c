"""Change how long a version is supported."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Version
from mespace.products.operations._support_dates import check_support_dates


@transaction.atomic
def change_version(*, actor: Actor, version_id: int, limited_from: date | None, ended_from: date | None) -> Version:
    """The version with its new dates; its number stays, because builds and tickets are named by it.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    check_support_dates(limited_from=limited_from, ended_from=ended_from)
    version = locked(Version, version_id)
    version.limited_from, version.ended_from = limited_from, ended_from
    save_checked(version, taken=_("The software has this version already."))
    return version
