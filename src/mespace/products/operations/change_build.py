"""Change when a build was released."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Build


@transaction.atomic
def change_build(*, actor: Actor, build_id: int, released_on: date | None) -> Build:
    """The build with its date of release; its number stays. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_MANAGE)
    build = locked(Build, build_id)
    build.released_on = released_on
    save_checked(build, taken=_("The software has this build already."))
    return build
