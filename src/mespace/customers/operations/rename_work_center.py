"""Rename a section or line."""

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import WorkCenter
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def rename_work_center(*, actor: Actor, work_center_id: int, name: str) -> WorkCenter:
    """The work center under its new name. Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    work_center = locked(WorkCenter, work_center_id)
    work_center.name = " ".join(name.split())
    save_checked(work_center, taken=_("The shop has a section with this name already."))
    return work_center
