"""Record which build of a product runs at a site."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation, Site
from mespace.platform.rows import locked, save_checked
from mespace.products.models import Build


@transaction.atomic
def set_installation(*, actor: Actor, site_id: int, build_id: int, since: date | None = None) -> Installation:
    """What runs at the site now; a former build of the same product is replaced.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    site = locked(Site, site_id)
    build = Build.objects.select_related("version").filter(pk=build_id).first()
    if build is None:
        raise ValidationError({"build": _("Choose a build from the list.")})
    product_id = build.version.product_id
    row = Installation.objects.filter(site=site, product_id=product_id).first()
    row = row or Installation(site=site, product_id=product_id)
    row.build, row.since = build, since
    save_checked(row, taken=_("The site has a build of this software already."))
    return row
