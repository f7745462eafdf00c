"""Rename a shop, or move it to another site."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Area, Site
from mespace.customers.tickets_of import is_named
from mespace.platform.rows import locked, save_checked


@transaction.atomic
def change_area(*, actor: Actor, area_id: int, name: str, site_id: int | None = None) -> Area:
    """The area under its new name, at `site_id` of the same customer (None: where it is), with its work centers.

    One that requests name stays where it is. Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    area = locked(Area, area_id)
    area.name = " ".join(name.split())
    if site_id not in {None, area.site_id}:
        site = Site.objects.filter(pk=site_id, customer_id=area.site.customer_id).first()
        if site is None:
            raise ValidationError({"site_id": _("Choose a site of this customer.")})
        if is_named(area):
            raise ValidationError({"site_id": _("Requests name this shop here: add a new one at the other site.")})
        area.site = site
    save_checked(area, taken=_("The site has a shop with this name already."))
    return area
