"""What the pages about customers show, fully fetched. Readers need CUSTOMERS_READ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, Max, Model, OuterRef, Prefetch, Q, QuerySet, Subquery

from mespace.accounts.actor import Actor
from mespace.accounts.models import LinkKind, PasswordLink
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import (
    Area,
    Customer,
    Installation,
    Membership,
    Site,
    SupportContract,
    WorkCenter,
)
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound, found, name_key
from mespace.products.models import Build, Product
from mespace.regulation.models import RegulationEdition

PAGE = 50
WARNING_DAYS = (7, 30, 60)  # before a contract ends, managers see it marked (clause 2.2)


class Standing(StrEnum):
    """Where a contract stands on a day."""

    AHEAD = "ahead"
    VALID = "valid"
    ENDING_60 = "ending_60"
    ENDING_30 = "ending_30"
    ENDING_7 = "ending_7"
    ENDED = "ended"
    ENDED_EARLY = "ended_early"


def standing(contract: SupportContract, today: date) -> Standing:
    """How a contract stands on a Moscow date; the ending ones by how many days are left after it."""
    if contract.valid_from > today:
        return Standing.AHEAD
    left = (contract.valid_until - today).days
    if left < 0:
        return Standing.ENDED_EARLY if contract.is_cut_short else Standing.ENDED
    return next((Standing(f"ending_{days}") for days in WARNING_DAYS if left <= days), Standing.VALID)


@dataclass(frozen=True)
class CustomerPage:
    """Customers, and where the next page begins (None: this is the last)."""

    rows: Sequence[Customer]
    after: str | None


def customers(*, actor: Actor, words: str = "", after: str = "") -> CustomerPage:
    """Customers by name, each with its project, `site_count`, `people_count` and `covered_until`; `words` narrows.

    Raises Refused.
    """
    actor.require(Permission.CUSTOMERS_READ)
    rows = Customer.objects.select_related("project").annotate(
        name_key=name_key("name"),
        site_count=Count("sites", filter=Q(sites__is_active=True), distinct=True),
        people_count=Count("memberships", filter=Q(memberships__user__is_active=True), distinct=True),
        covered_until=Max("contracts__valid_until"),
    )
    for word in words.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(short_name__icontains=word) | Q(project__code__icontains=word))
    key, _, pk = after.rpartition("|")
    if (last_id := row_id(pk)) is not None:
        rows = rows.filter(Q(name_key__gt=key) | Q(name_key=key, pk__gt=last_id))
    rows_found = list(rows.order_by("name_key", "pk")[: PAGE + 1])
    last: Any = rows_found[PAGE - 1] if len(rows_found) > PAGE else None
    return CustomerPage(rows_found[:PAGE], f"{last.name_key}|{last.pk}" if last else None)


@dataclass(frozen=True)
class FilingNeeds:
    """What a customer's people need before one of them can file (clauses 2.2, 3.2, 5.1)."""

    site: bool
    person: bool
    person_entered: bool
    contract: bool
    product: bool

    @property
    def met(self) -> bool:
        """Whether somebody can file a ticket today."""
        return self.site and self.person and self.person_entered and self.contract and self.product


@dataclass(frozen=True)
class CustomerCard:
    """Everything on a customer's page."""

    customer: Customer
    sites: list[Site]
    people: list[Membership]
    contracts: list[SupportContract]
    needs: FilingNeeds
    today: date


def customer(*, actor: Actor, customer_id: int) -> Customer:
    """A customer with its project. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return found(Customer.objects.select_related("project"), customer_id)


def customer_card(*, actor: Actor, customer_id: int, now: datetime) -> CustomerCard:
    """The customer with its tree of sites, what runs there, its people and contracts. Raises Refused or RowNotFound."""
    row = customer(actor=actor, customer_id=customer_id)
    today = moscow_date(now)
    running = Installation.objects.select_related("product", "build__version").order_by(name_key("product__name"))
    areas = Area.objects.order_by(name_key("name")).prefetch_related(
        Prefetch("work_centers", WorkCenter.objects.order_by(name_key("name")))
    )
    sites = list(
        row.sites.order_by("-is_active", name_key("name")).prefetch_related(
            Prefetch("areas", areas), Prefetch("installations", running)
        )
    )
    people = list(people_of(customer_id=row.pk, now=now))
    contracts = list(
        row.contracts.select_related("accepted_edition").prefetch_related("products").order_by("-valid_until", "-pk")
    )
    valid = [contract for contract in contracts if contract.is_valid_on(today)]
    active = [membership.user for membership in people if membership.user.is_active]
    needs = FilingNeeds(
        site=any(site.is_active for site in sites),
        person=bool(active),
        person_entered=any(user.has_credentials for user in active),
        contract=bool(valid),
        product=any(product.is_active for contract in valid for product in contract.products.all()),
    )
    return CustomerCard(row, sites, people, contracts, needs, today)


def people_of(*, customer_id: int, now: datetime) -> "QuerySet[Membership]":
    """The customer's people by name, each with `invited_until`: the end of an invitation that is still open."""
    invitation = PasswordLink.objects.filter(
        user=OuterRef("user"), kind=LinkKind.INVITATION, used_at=None, revoked_at=None, expires_at__gt=now
    )
    rows = Membership.objects.filter(customer_id=customer_id).select_related("user", "home_site")
    own_sites = ArrayAgg("sites__name", filter=Q(sites__isnull=False), order_by="sites__name", default=[])
    return rows.annotate(invited_until=Subquery(invitation.values("expires_at")[:1]), site_names=own_sites).order_by(
        "-user__is_active", name_key("user__full_name"), "pk"
    )


def person(*, actor: Actor, user_id: int, now: datetime) -> Membership:
    """A customer's person with customer, sites and `invited_until`. Raises Refused or RowNotFound (staff, too)."""
    actor.require(Permission.CUSTOMERS_READ)
    membership = Membership.objects.filter(user_id=user_id).first()
    if membership is None:
        raise RowNotFound("customers.membership")
    rows = people_of(customer_id=membership.customer_id, now=now).select_related("user", "home_site", "customer")
    return rows.prefetch_related("sites").get(pk=membership.pk)


def site(*, actor: Actor, site_id: int) -> Site:
    """A site with its customer. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return found(Site.objects.select_related("customer"), site_id)


def area(*, actor: Actor, area_id: int) -> Area:
    """An area with its site and customer. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return found(Area.objects.select_related("site__customer"), area_id)


def areas_of(*, actor: Actor, customer_id: int) -> list[Area]:
    """A customer's areas with their sites, by the names of both. Raises Refused."""
    actor.require(Permission.CUSTOMERS_READ)
    rows = Area.objects.filter(site__customer_id=customer_id).select_related("site")
    return list(rows.order_by(name_key("site__name"), name_key("name"), "pk"))


def work_center(*, actor: Actor, work_center_id: int) -> WorkCenter:
    """A work center with its area, site and customer. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return found(WorkCenter.objects.select_related("area__site__customer"), work_center_id)


def installation(*, actor: Actor, installation_id: int) -> Installation:
    """An installation with its site, product and build. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    return found(Installation.objects.select_related("site__customer", "product", "build__version"), installation_id)


class Shown(StrEnum):
    """Which contracts a list shows."""

    CURRENT = "current"
    AHEAD = "ahead"
    ENDING = "ending"
    ENDED = "ended"


@dataclass(frozen=True)
class ContractPage:
    """Contracts, how many there are of each kind, and where the next page begins (None: this is the last)."""

    rows: list[SupportContract]
    counts: dict[Shown, int]
    today: date
    after: str | None


def contracts(
    *, actor: Actor, now: datetime, shown: Shown = Shown.CURRENT, within: int = max(WARNING_DAYS), after: str = ""
) -> ContractPage:
    """Contracts with customer and products by their end, the ended ones latest first; `within`: days to the end.

    Raises Refused.
    """
    actor.require(Permission.CUSTOMERS_READ)
    today = moscow_date(now)
    kinds = {
        Shown.CURRENT: Q(valid_from__lte=today, valid_until__gte=today),
        Shown.AHEAD: Q(valid_from__gt=today, valid_until__gte=today),
        Shown.ENDING: Q(valid_from__lte=today, valid_until__range=(today, today + timedelta(days=within))),
        Shown.ENDED: Q(valid_until__lt=today),
    }
    counted = SupportContract.objects.aggregate(**{kind.value: Count("pk", filter=q) for kind, q in kinds.items()})
    rows = SupportContract.objects.filter(kinds[shown]).select_related("customer__project")
    rows = rows.prefetch_related(Prefetch("products", Product.objects.order_by("name")))
    backwards = shown == Shown.ENDED
    end, _, pk = after.partition("|")
    if (last_id := row_id(pk)) is not None and (day := _date(end)) is not None:
        way = "lt" if backwards else "gt"
        rows = rows.filter(Q(**{f"valid_until__{way}": day}) | Q(**{"valid_until": day, f"pk__{way}": last_id}))
    rows_found = list(rows.order_by(*(("-valid_until", "-pk") if backwards else ("valid_until", "pk")))[: PAGE + 1])
    last = rows_found[PAGE - 1] if len(rows_found) > PAGE else None
    return ContractPage(
        rows_found[:PAGE],
        {kind: counted[kind.value] for kind in Shown},
        today,
        f"{last.valid_until.isoformat()}|{last.pk}" if last else None,
    )


@dataclass(frozen=True)
class Beginnings:
    """Which of the reference data is there at all."""

    product: bool
    build: bool
    customer: bool
    site: bool
    person: bool
    contract: bool


def beginnings(*, actor: Actor) -> Beginnings:
    """What has been entered so far, in one statement. Raises Refused."""
    actor.require(Permission.CUSTOMERS_READ)
    models = (Product, Build, Customer, Site, Membership, SupportContract)
    first = RegulationEdition.objects.order_by("pk")[:1]  # a row to hang the questions on: editions are shipped
    asked = first.annotate(**{f"has_{number}": Exists(_all(model)) for number, model in enumerate(models)})
    row = asked.values_list(*(f"has_{number}" for number in range(len(models)))).first()
    return Beginnings(*(row or [False] * len(models)))


def _all(model: type[Model]) -> "QuerySet[Any]":
    return model._default_manager.all()  # noqa: SLF001 - Django's public name


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
