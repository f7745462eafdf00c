"""What the filing form can choose from, fetched in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.customers.entitlement import NotEntitled, covered_products, moscow_date
from mespace.customers.models import Area, Installation, Membership, Site, SupportContract
from mespace.platform.prepared import Given, Prepared
from mespace.products.models import Build, Product
from mespace.tickets.lifecycle import TicketType

_CUSTOMER = Given("customer")
_MEMBERSHIP = Prepared(
    lambda: Membership.objects.select_related("customer__project").filter(customer_id=_CUSTOMER, user_id=Given("user"))
)
_SITES = Prepared(lambda: Site.objects.filter(customer_id=_CUSTOMER, is_active=True))
_BUILDS = Prepared(
    lambda: (
        Build.objects.filter(version__product__any=Given("products"))
        .select_related("version")
        .order_by("version__product__name", "-version__number", "-major", "-minor")
    )
)
_SPOTS = Prepared(
    lambda: (
        Area.objects.filter(site__customer_id=_CUSTOMER)
        .order_by("site__name", "name", "work_centers__name")
        .values_list("site_id", "pk", "name", "work_centers__pk", "work_centers__name")
    )
)
_INSTALLED = Prepared(
    lambda: Installation.objects.filter(site__customer_id=_CUSTOMER).values_list("site_id", "product_id", "build_id")
)


@dataclass(frozen=True)
class Spot:
    """An area, or a work center of it."""

    site_id: int
    area_id: int
    work_center_id: int | None
    name: str

    @property
    def code(self) -> str:
        """How the form sends it: area, or area and work center."""
        return f"{self.area_id}" if self.work_center_id is None else f"{self.area_id}-{self.work_center_id}"


@dataclass(frozen=True)
class FilingOptions:
    """The choices of one person, and which of them fit at first."""

    membership: Membership
    types: Sequence[TicketType]
    products: Sequence[Product]
    sites: Sequence[Site]
    builds: Sequence[Build]
    spots: Sequence[Spot]
    installed: dict[tuple[int, int], int]  # (site, product) → build

    @property
    def first_site(self) -> Site | None:
        """The usual site, or the only one."""
        home = self.membership.home_site_id
        found = next((site for site in self.sites if site.pk == home), None)
        return found or (self.sites[0] if len(self.sites) == 1 else None)

    @property
    def first_product(self) -> Product | None:
        """What runs at the usual site, if that is one product; or the only product covered."""
        if len(self.products) == 1:
            return self.products[0]
        site = self.first_site
        there = [product for product in self.products if site is not None and (site.pk, product.pk) in self.installed]
        return there[0] if len(there) == 1 else None

    @property
    def first_build(self) -> int | None:
        """The build installed there."""
        site, product = self.first_site, self.first_product
        return self.installed.get((site.pk, product.pk)) if site is not None and product is not None else None


def filing_options(*, actor: Actor, now: datetime) -> FilingOptions:
    """The choices at `now`. Raises NotEntitled when no contract of the customer is valid today (clause 2.2)."""
    customer_id = actor.customer_id or 0
    membership = _MEMBERSHIP.first(customer=customer_id, user=actor.user_id or 0)
    if membership is None:
        raise Membership.DoesNotExist
    products = covered_products(customer_id=customer_id, at=now)
    if not products:
        nearest = SupportContract.objects.filter(customer_id=customer_id).order_by("-valid_until", "pk").first()
        raise NotEntitled(nearest, today=moscow_date(now))
    sites = _SITES.rows(customer=customer_id)
    if actor.site_ids is not None:
        sites = [site for site in sites if site.pk in actor.site_ids]
    offered = membership.customer.ticket_types
    return FilingOptions(
        membership=membership,
        types=[each for each in TicketType if not offered or each in offered],
        products=products,
        sites=sites,
        builds=_BUILDS.rows(products=[product.pk for product in products]),
        spots=_spots(customer_id),
        installed={
            (site_id, product_id): build_id for site_id, product_id, build_id in _INSTALLED.rows(customer=customer_id)
        },
    )


def _spots(customer_id: int) -> list[Spot]:
    """Areas with their work centers below them, in one statement."""
    spots: list[Spot] = []
    for site_id, area_id, area, center_id, center in _SPOTS.rows(customer=customer_id):
        if not spots or spots[-1].area_id != area_id:
            spots.append(Spot(site_id, area_id, None, area))
        if center_id is not None:
            spots.append(Spot(site_id, area_id, center_id, f"{area} / {center}"))
    return spots
