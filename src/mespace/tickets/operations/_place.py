"""Where a ticket happened: build, site, area and work center, checked against the customer and the product."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from mespace.customers.models import Area, Site, WorkCenter
from mespace.platform.prepared import Given, Prepared
from mespace.products.models import Build
from mespace.tickets.errors import Invalid
from mespace.tickets.lifecycle import TicketType

_SITE = Prepared(lambda: Site.objects.filter(pk=Given("site"), customer_id=Given("customer")))


@dataclass(frozen=True)
class Place:
    """ISA-95 place and build; None: not known."""

    site_id: int | None = None
    area_id: int | None = None
    work_center_id: int | None = None
    build_id: int | None = None


def checked_place(place: Place, *, customer_id: int, product_id: int, ticket_type: str) -> dict[str, int | None]:
    """The columns of a place that fits together.

    A site is required except for a consultation. Raises Invalid by field.
    """
    errors: dict[str, str] = {}
    site = _SITE.first(site=place.site_id, customer=customer_id) if place.site_id else None
    if place.site_id and site is None:
        errors["site"] = _("Choose one of your sites.")
    elif site is None and ticket_type != TicketType.CONSULTATION:
        errors["site"] = _("Choose the site where it happened.")
    if place.area_id and not Area.objects.filter(pk=place.area_id, site=site).exists():
        errors["area"] = _("Choose an area of this site.")
    if (
        place.work_center_id
        and not WorkCenter.objects.filter(pk=place.work_center_id, area_id=place.area_id or 0).exists()
    ):
        errors["work_center"] = _("Choose a work center of this area.")
    if place.build_id and not Build.objects.filter(pk=place.build_id, version__product_id=product_id).exists():
        errors["build"] = _("Choose a build of this product, or say that you do not know.")
    if errors:
        raise Invalid(errors)
    return {
        "site_id": place.site_id or None,
        "area_id": place.area_id or None,
        "work_center_id": place.work_center_id or None,
        "build_id": place.build_id or None,
    }
