"""Add a section or line to a shop."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area, WorkCenter
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def add_work_center(*, actor: Actor, area_id: int, name: str) -> WorkCenter:
    """The new work center. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    work_center = WorkCenter(area=locked(Area, area_id), name=" ".join(name.split()))
    save_checked(work_center, taken=_("The shop has a section with this name already."))
    return work_center
