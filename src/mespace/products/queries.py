"""What the pages about software show, fully fetched. Readers need PRODUCTS_READ."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import found, name_key
from mespace.products.affected import FIX_JOINS
from mespace.products.models import (
    Build,
    Component,
    FixChange,
    KnownError,
    OtherVendor,
    Product,
    SupportedConfiguration,
    Version,
)

PAGE = 50
_SUGGESTED = re.compile(r"KE-(\d{1,9})")


def products(*, actor: Actor) -> list[Product]:
    """All products by name, each with `build_count` and `error_count`. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    rows = Product.objects.annotate(
        build_count=Count("versions__builds", distinct=True), error_count=Count("known_errors", distinct=True)
    )
    return list(rows.order_by(name_key("name"), "pk"))


def product(*, actor: Actor, product_id: int) -> Product:
    """A product with its components and its versions with their builds, newest first. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    builds = Build.objects.order_by("-major", "-minor").select_related("version")
    rows = Product.objects.annotate(error_count=Count("known_errors")).prefetch_related(
        Prefetch("components", Component.objects.order_by(name_key("name"))),
        Prefetch("versions", Version.objects.order_by("-number")),
        Prefetch(
            "configurations", SupportedConfiguration.objects.select_related("version").order_by("kind", "name", "pk")
        ),
        Prefetch("versions__builds", builds),
    )
    return found(rows, product_id)


def component(*, actor: Actor, component_id: int) -> Component:
    """A component with its product. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(Component.objects.select_related("product"), component_id)


def version(*, actor: Actor, version_id: int) -> Version:
    """A version with its product. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(Version.objects.select_related("product"), version_id)


def build(*, actor: Actor, build_id: int) -> Build:
    """A build with its version and product. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(Build.objects.select_related("version__product"), build_id)


def configuration(*, actor: Actor, configuration_id: int) -> SupportedConfiguration:
    """A line of a product's matrix with its product. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(SupportedConfiguration.objects.select_related("product", "version"), configuration_id)


def builds_of(*, actor: Actor, product_id: int) -> list[Build]:
    """The builds of a product, newest first. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    rows = Build.objects.filter(version__product_id=product_id).select_related("version")
    return list(rows.order_by("-version__number", "-major", "-minor"))


def versions_of(*, actor: Actor, product_id: int) -> list[Version]:
    """The versions of a product, newest first. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    return list(Version.objects.filter(product_id=product_id).order_by("-number"))


def all_builds(*, actor: Actor) -> list[Build]:
    """The builds of every product, by product, newest first. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    rows = Build.objects.select_related("version__product")
    key = name_key("version__product__name")
    return list(rows.order_by(key, "version__product_id", "-version__number", "-major", "-minor"))


def installable_builds(*, product_id: int, now: datetime) -> list[Build]:
    """The released builds of a product, newest first: what anybody can have installed."""
    rows = Build.objects.filter(version__product_id=product_id, released_on__lte=now.date()).select_related("version")
    return list(rows.order_by("-version__number", "-major", "-minor"))


def matrix_of(*, product_id: int) -> list[SupportedConfiguration]:
    """The documented configurations of a product, which everybody may read."""
    rows = SupportedConfiguration.objects.filter(product_id=product_id).select_related("version")
    return list(rows.order_by("kind", "name", "pk"))


@dataclass(frozen=True)
class KnownErrorPage:
    """Known errors, and where the next page begins (None: this is the last)."""

    rows: list[KnownError]
    after: int | None


def known_errors(
    *, actor: Actor, product_id: int | None = None, words: str = "", after: int | None = None
) -> KnownErrorPage:
    """Known errors, newest first, of one product or all; `words` narrows by code or title. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    rows = KnownError.objects.select_related("product", *FIX_JOINS).order_by("-pk")
    if product_id is not None:
        rows = rows.filter(product_id=product_id)
    for word in words.split()[:5]:
        rows = rows.filter(Q(code__icontains=word) | Q(title__icontains=word))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    rows_found = list(rows[: PAGE + 1])
    return KnownErrorPage(rows_found[:PAGE], rows_found[PAGE - 1].pk if len(rows_found) > PAGE else None)


def known_error(*, actor: Actor, known_error_id: int) -> KnownError:
    """A known error with its builds, versions and the history of its fix. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(known_errors_whole(), known_error_id)


def known_errors_whole() -> "QuerySet[KnownError]":
    """Known errors with everything that their pages show, for queries that have judged who may read them."""
    affected = Build.objects.select_related("version").order_by("-version__number", "-major", "-minor")
    rows = KnownError.objects.select_related("product", "confirmed_by", "withdrawn_by", *FIX_JOINS)
    return rows.prefetch_related(
        Prefetch("affected_builds", affected),
        Prefetch("affected_versions", Version.objects.order_by("-number")),
        Prefetch("fix_changes", FixChange.objects.select_related("by").order_by("-pk")),
    )


def errors_to_resolve(*, actor: Actor, build: Build) -> list[KnownError]:
    """Known errors that the build may fix: those not fixed elsewhere, each with `is_resolved` by this build.

    Raises Refused.
    """
    actor.require(Permission.PRODUCTS_READ)
    mine = KnownError.objects.filter(pk=OuterRef("pk"), resolved_by=build)
    rows = KnownError.objects.filter(product_id=build.version.product_id, withdrawn_at=None)
    rows = rows.annotate(is_resolved=Exists(mine))
    open_or_mine = Q(is_resolved=True) | Q(fixed_in=None, fixed_in_version=None) | Q(fixed_in=build)
    return list(rows.filter(open_or_mine).order_by("-pk")[:200])


def next_error_code(*, actor: Actor) -> str:
    """A code for the next known error that nobody has yet: KE-12 after KE-11. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    codes = KnownError.objects.filter(code__regex=r"^KE-\d{1,9}$").values_list("code", flat=True)
    numbers = [int(match[1]) for match in map(_SUGGESTED.fullmatch, codes) if match]
    return f"KE-{max(numbers, default=0) + 1}"


def vendors(*, actor: Actor) -> list[OtherVendor]:
    """The other vendors by name. Raises Refused."""
    actor.require(Permission.PRODUCTS_READ)
    return list(OtherVendor.objects.order_by(name_key("name"), "pk"))


def vendor(*, actor: Actor, vendor_id: int) -> OtherVendor:
    """One other vendor. Raises Refused or RowNotFound."""
    actor.require(Permission.PRODUCTS_READ)
    return found(OtherVendor.objects.all(), vendor_id)
