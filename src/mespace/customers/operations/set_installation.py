"""Record which build of a product runs at a site, and what stands beside it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Installation, InstallationSource, Site
from mespace.customers.operations._installed import note_installed
from mespace.customers.sites_seen import sites_seen
from mespace.platform.rows import RowNotFound, locked
from mespace.products.matrix import Item
from mespace.products.models import Build


@transaction.atomic
def set_installation(
    *,
    actor: Actor,
    now: datetime,
    site_id: int,
    build_id: int,
    since: date | None = None,
    items: Sequence[Item] | None = None,
    source: InstallationSource = InstallationSource.ENTERED,
) -> Installation:
    """What runs at the site now; a former build of the same product is replaced, and the history keeps both.

    By staff, or by a responsible employee for the own sites. `items` None keeps the configuration that was known.
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.INSTALLATIONS_MANAGE)
    if not sites_seen(actor).filter(pk=site_id).exists():
        raise RowNotFound(Site._meta.label_lower)  # noqa: SLF001 - Django's public name
    site = locked(Site, site_id)
    build = Build.objects.select_related("version").filter(pk=build_id).first()
    if build is None:
        raise ValidationError({"build": _("Choose a build from the list.")})
    return note_installed(actor=actor, now=now, site=site, build=build, since=since, items=items, source=source)
