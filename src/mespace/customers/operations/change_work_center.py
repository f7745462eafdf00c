"""Rename a section or line, or move it to another shop."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area, WorkCenter
from mespace.customers.tickets_of import is_named
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def change_work_center(*, actor: Actor, work_center_id: int, name: str, area_id: int | None = None) -> WorkCenter:
    """The work center under its new name, in `area_id` of the same customer (None: where it is).

    One that requests name stays where it is. Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    work_center = locked(WorkCenter, work_center_id)
    work_center.name = " ".join(name.split())
    if area_id not in {None, work_center.area_id}:
        area = Area.objects.filter(pk=area_id, site__customer_id=work_center.area.site.customer_id).first()
        if area is None:
            raise ValidationError({"area_id": _("Choose a shop of this customer.")})
        if is_named(work_center):
            text = _("Requests name this section in its shop: add a new one in the other shop.")
            raise ValidationError({"area_id": text})
        work_center.area = area
    save_checked(work_center, taken=_("The shop has a section with this name already."))
    return work_center
