"""Whom a release concerns: the sites that run what it mends, and the people of customers that use the software."""

from datetime import datetime

from django.db.models import Q

from mespace.accounts.models import User
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import Customer, Installation, ReleaseSite
from mespace.products.affected import errors_by_build
from mespace.products.models import Build


def concerned_installations(build: Build) -> list[Installation]:
    """What runs of the build's product, older than it and affected by a known error that it fixes; three statements.

    `build` has its version fetched.
    """
    rows = Installation.objects.filter(product_id=build.version.product_id, site__is_active=True)
    rows = rows.select_related("site__customer", "build__version").order_by("site__customer__short_name", "site__name")
    older = [row for row in rows if row.build.order < build.order]
    errors = errors_by_build([row.build for row in older])
    mended = set(build.resolves.values_list("pk", flat=True))
    return [row for row in older if mended & {error.pk for error in errors.get(row.build_id, [])}]


def note_release_sites(build: Build) -> list[ReleaseSite]:
    """Keep which sites run an affected build now, once: run again, what was kept stands."""
    if not ReleaseSite.objects.filter(build=build).exists():
        rows = [ReleaseSite(build=build, site=row.site, ran=row.build) for row in concerned_installations(build)]
        ReleaseSite.objects.bulk_create(rows, ignore_conflicts=True)
    kept = ReleaseSite.objects.filter(build=build).select_related("site__customer", "ran__version")
    return list(kept.order_by("site__customer__short_name", "site__name"))


def customers_using(product_id: int, *, at: datetime) -> list[int]:
    """The customers that have the product installed or under a contract valid on that Moscow date, by id."""
    today = moscow_date(at)
    installed = Q(sites__installations__product=product_id)
    covered = Q(contracts__products=product_id, contracts__valid_from__lte=today, contracts__valid_until__gte=today)
    return list(Customer.objects.filter(installed | covered).distinct().values_list("pk", flat=True))


def people_using(product_id: int, *, at: datetime) -> list[int]:
    """The people of those customers who may sign in, by id (clause 4.6b)."""
    rows = User.objects.filter(is_active=True, membership__customer__in=customers_using(product_id, at=at))
    return list(rows.order_by("pk").values_list("pk", flat=True))
