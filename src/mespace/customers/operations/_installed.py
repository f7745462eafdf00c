"""Writing down what runs at a site, with its history; shared by the operations that learn of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.customers.models import Installation, InstallationRecord, InstallationSource, Site
from mespace.platform.rows import save_checked
from mespace.products.matrix import Item
from mespace.products.models import Build, ConfigurationKind

MOST_ITEMS = 40


def note_installed(
    *,
    actor: Actor,
    now: datetime,
    site: Site,
    build: Build,
    since: date | None,
    items: Sequence[Item] | None = None,
    source: InstallationSource = InstallationSource.ENTERED,
    source_name: str = "",
) -> Installation:
    """What runs at the site now; a former build of the same product is replaced. `items` None keeps what was known.

    `source_name` names what it is known from, such as a remote session. The same as before writes no history.

    Raises ValidationError by field.
    """
    product_id = build.version.product_id
    # Two writers of one site and product meet at the site's row, which the caller has locked.
    row = Installation.objects.filter(site=site, product_id=product_id).first()
    known = (row.build_id, row.since, row.configuration) if row is not None else None
    row = row or Installation(site=site, product_id=product_id)
    row.build, row.since = build, since
    if items is not None:
        row.configuration = [_checked(item) for item in _few(items)]
    if (row.build_id, row.since, row.configuration) == known:
        return row
    save_checked(row, taken=_("The site has a build of this software already."))
    InstallationRecord.objects.create(
        site=site,
        product_id=product_id,
        build=build,
        since=since,
        configuration=row.configuration,
        source=source,
        source_name=source_name,
        by_id=actor.person_id,
        at=now,
    )
    return row


def _few(items: Sequence[Item]) -> Sequence[Item]:
    if len(items) > MOST_ITEMS:
        raise ValidationError({"configuration": [_("At most %(most)d lines fit.") % {"most": MOST_ITEMS}]})
    return items


def _checked(item: Item) -> dict[str, str]:
    name, version = (" ".join(text.replace("\x00", "").split()) for text in (item.name, item.version))
    if item.kind not in ConfigurationKind.values:
        raise ValidationError(
            {"configuration": [_("Choose what it is: a system, a device, a driver, an application.")]}
        )
    if not name or len(name) > 120 or len(version) > 40:  # noqa: PLR2004 - as the documented lines
        raise ValidationError(
            {"configuration": [_("A line needs a name of at most 120 and a version of 40 characters.")]}
        )
    return {"kind": item.kind, "name": name, "version": version}
