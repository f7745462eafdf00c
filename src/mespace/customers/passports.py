"""Passports of sites: what runs there, judged line by line, and the way on; few statements however many sites."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from mespace.accounts.actor import Actor
from mespace.customers.configuration import items_of
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import Installation, InstallationRecord, Site
from mespace.customers.sites_seen import sites_seen
from mespace.platform.rows import found, name_key
from mespace.products.affected import errors_by_build
from mespace.products.matrix import Item, Light, Line, judge, worst
from mespace.products.models import Build, KnownError, Product, SupportedConfiguration, SupportLevel
from mespace.products.support import support_level
from mespace.products.upgrade import UpgradeStep, upgrade_path

HISTORY = 30  # records shown of a site


@dataclass(frozen=True)
class ProductPassport:
    """One product at one site."""

    product: Product
    build: Build
    since: date | None
    items: list[Item]
    lines: list[Line]
    level: SupportLevel
    errors: list[KnownError]
    upgrades: list[UpgradeStep]
    installation_id: int | None = None

    @property
    def light(self) -> Light:
        """Its colour: that of the worst line."""
        return worst(self.lines)

    @property
    def needs_way_out(self) -> bool:
        """Whether the version's support is limited or ended: then known solutions and the way up are shown."""
        return self.level != SupportLevel.FULL


@dataclass(frozen=True)
class SitePassport:
    """A site with everything that runs there."""

    site: Site
    products: list[ProductPassport]
    history: list[InstallationRecord] = field(default_factory=list)

    @property
    def light(self) -> Light | None:
        """The worst colour of the site; None where nothing is on record."""
        lines = [line for each in self.products for line in each.lines]
        return worst(lines) if self.products else None


@dataclass(frozen=True)
class _Knowledge:
    """What the judging needs of some products, fetched once."""

    matrix: dict[int, list[SupportedConfiguration]]
    builds: dict[int, list[Build]]
    errors: dict[int, list[KnownError]]  # by affected build


def passports(*, actor: Actor, now: datetime) -> list[SitePassport]:
    """The passports of all sites in use that the actor sees, by name; without history. Six statements."""
    sites = list(sites_seen(actor).filter(is_active=True).select_related("customer").order_by(name_key("name"), "pk"))
    return _of_sites(sites, today=moscow_date(now))


def passport(*, actor: Actor, site_id: int, now: datetime) -> SitePassport:
    """One site's passport with its history, newest first. Raises RowNotFound for a site that the actor does not see."""
    site = found(sites_seen(actor).select_related("customer"), site_id)
    [one] = _of_sites([site], today=moscow_date(now))
    records = InstallationRecord.objects.filter(site=site).select_related("product", "build__version", "by")
    return SitePassport(one.site, one.products, list(records[:HISTORY]))


def passport_if(
    *, actor: Actor, site_id: int | None, product_id: int, build_id: int | None, now: datetime
) -> ProductPassport | None:
    """What filing shows beforehand: the product at the site, or the build that was chosen instead of the installed one.

    None when neither is known; a site that the actor does not see is no site.
    """
    row = None
    if site_id is not None:
        rows = Installation.objects.filter(site__in=sites_seen(actor).filter(pk=site_id), product_id=product_id)
        row = rows.select_related("product", "build__version__product").first()
    if build_id is not None and (row is None or row.build_id != build_id):
        build = (
            Build.objects.select_related("version__product").filter(pk=build_id, version__product=product_id).first()
        )
        if build is None:
            return None
        row = Installation(product=build.version.product, build=build, configuration=row.configuration if row else [])
    if row is None:
        return None
    today = moscow_date(now)
    return _judged(row, _knowledge([row.build]), today)


def _of_sites(sites: Sequence[Site], *, today: date) -> list[SitePassport]:
    rows = Installation.objects.filter(site__in=sites).select_related("product", "build__version")
    running: defaultdict[int, list[Installation]] = defaultdict(list)
    for row in rows.order_by(name_key("product__name"), "pk"):
        running[row.site_id].append(row)
    everywhere = [row for found_there in running.values() for row in found_there]
    known = _knowledge([row.build for row in everywhere])
    return [SitePassport(site, [_judged(row, known, today) for row in running[site.pk]]) for site in sites]


def _judged(row: Installation, known: _Knowledge, today: date) -> ProductPassport:
    build, items = row.build, items_of(row.configuration)
    errors = known.errors.get(build.pk, [])
    matrix = known.matrix.get(row.product_id, [])
    return ProductPassport(
        product=row.product,
        build=build,
        since=row.since,
        items=items,
        lines=judge(build=build, items=items, matrix=matrix, errors=errors, today=today),
        level=support_level(build.version, today),
        errors=errors,
        upgrades=upgrade_path(build, known.builds.get(row.product_id, []), today),
        installation_id=row.pk,
    )


def _knowledge(running: Sequence[Build]) -> _Knowledge:
    product_ids = {build.version.product_id for build in running}
    matrix: defaultdict[int, list[SupportedConfiguration]] = defaultdict(list)
    for line in SupportedConfiguration.objects.filter(product__in=product_ids):
        matrix[line.product_id].append(line)
    builds: defaultdict[int, list[Build]] = defaultdict(list)
    for build in Build.objects.filter(version__product__in=product_ids).select_related("version"):
        builds[build.version.product_id].append(build)
    return _Knowledge(matrix, builds, errors_by_build(running))


def products_not_on_record(passport: SitePassport) -> list[Product]:
    """Software that the site's customer has contracts for and that is not on record there, by name."""
    known = [each.product.pk for each in passport.products]
    rows = Product.objects.filter(contracts__customer_id=passport.site.customer_id).exclude(pk__in=known)
    return list(rows.distinct().order_by("name"))
