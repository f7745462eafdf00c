"""A component of the service is added or changed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.models import ServiceComponent
from mespace.platform.rows import locked, save_checked

FIELDS = ("name", "name_en", "position", "is_active")


@transaction.atomic
def add_component(
    *, actor: Actor, code: str, name: str, name_en: str, position: int, is_active: bool, product_ids: Sequence[int]
) -> ServiceComponent:
    """The new component. Raises Refused, ValidationError by field."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    row = ServiceComponent(code=code, name=name, name_en=name_en, position=position, is_active=is_active)
    save_checked(row, taken=_("Another component has it."))
    row.products.set(product_ids)
    return row


@transaction.atomic
def change_component(
    *,
    actor: Actor,
    component_id: int,
    name: str,
    name_en: str,
    position: int,
    is_active: bool,
    product_ids: Sequence[int],
) -> ServiceComponent:
    """The component as it is now; its code stays. Raises Refused, RowNotFound, ValidationError by field."""
    actor.require(Permission.ANNOUNCEMENTS_MANAGE)
    row = locked(ServiceComponent, component_id)
    for field, value in zip(FIELDS, (name, name_en, position, is_active), strict=True):
        setattr(row, field, value)
    save_checked(row, taken=_("Another component has it."))
    row.products.set(product_ids)
    return row
