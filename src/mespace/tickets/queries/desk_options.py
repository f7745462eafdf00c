"""Choices for the desk's filters and forms, many kinds in one statement."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Area, Customer, Membership, Site, WorkCenter
from mespace.platform.prepared import Given, Prepared
from mespace.products.models import Build, OtherVendor, Product
from mespace.tickets.models import AnswerTemplate, Contact, Ticket

_ANSWERS = [Role.AGENT, Role.CONTRACTOR]
_BIG = BigIntegerField()


@dataclass(frozen=True)
class Option:
    """One choice: its row id, its label, and the id of what it belongs to (an area's site), if anything."""

    pk: int
    label: str
    parent: int | None = None


Options = dict[str, list[Option]]


def filter_options(*, customer_id: int | None) -> Options:
    """Customers, products and assignees to narrow the queue by, and the sites of the chosen customer; one statement."""
    return _sorted(_FILTERS_OF.rows(customer=customer_id) if customer_id else _FILTERS.rows())


def editor_options(ticket: Ticket, *, actor: Actor) -> Options:
    """Answer templates for the ticket's product, other vendors, its duplicates and contacts; one statement.

    A contact's label is its channel and its outcome, as codes; contacts are there for those who read them.
    """
    prepared = _EDITOR_AND_CONTACTS if actor.can(Permission.CONTACT_READ) else _EDITOR
    return _sorted(prepared.rows(ticket=ticket.pk, product=ticket.product_id))


def person_options(ticket: Ticket) -> Options:
    """The people of the ticket's customer, and those who can be assigned; one statement."""
    return _fetch(
        {
            "person": (people_of(ticket.customer_id), "user__full_name", None, "user_id"),
            "assignee": (_workers(), "full_name", None),
        }
    )


def place_options(*, customer_id: int, product_id: int | None) -> Options:
    """Sites, areas and work centers of a customer, and the builds of a product; one statement."""
    kinds: dict[str, Any] = {
        "site": (Site.objects.filter(customer_id=customer_id, is_active=True), "name", None),
        "area": (Area.objects.filter(site__customer_id=customer_id), "name", "site_id"),
        "work_center": (WorkCenter.objects.filter(area__site__customer_id=customer_id), "name", "area_id"),
    }
    found = _fetch(kinds)
    builds = Build.objects.select_related("version").order_by("-version__number", "-major", "-minor")
    if product_id:
        builds = builds.filter(version__product_id=product_id)
    found["build"] = [Option(build.pk, build.full_number, build.version.product_id) for build in builds]
    return found


def people_of(customer_id: int) -> QuerySet[Membership]:
    """The customer's people who may sign in."""
    return Membership.objects.filter(customer_id=customer_id, user__is_active=True)


def _workers() -> QuerySet[User]:
    return User.objects.filter(is_active=True, roles__overlap=_ANSWERS)


def _or(first: str, second: str) -> Coalesce:
    return Coalesce(NullIf(F(first), Value("")), F(second))


def _fetch(kinds: dict[str, Any]) -> Options:
    return _sorted(_together(kinds))


def _together(kinds: dict[str, Any]) -> QuerySet[Any, Any]:
    parts = []
    for kind, (rows, label, parent, *key) in kinds.items():
        shown = F(label) if isinstance(label, str) else label
        parts.append(
            rows.order_by()
            .annotate(
                o_kind=Value(kind, CharField()),
                o_pk=F(key[0] if key else "pk"),
                o_label=Cast(shown, CharField()),
                o_parent=Cast(F(parent) if parent else Value(None), _BIG),
            )
            .values_list("o_kind", "o_pk", "o_label", "o_parent")
        )
    together: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return together


def _sorted(rows: Iterable[tuple[str, int, str, int | None]]) -> Options:
    found: Options = defaultdict(list)
    for kind, pk, label, parent in rows:
        found[kind].append(Option(pk, label, parent))
    for options in found.values():
        options.sort(key=lambda option: option.label.casefold())
    return found


def _filters() -> dict[str, Any]:
    return {
        "customer": (Customer.objects.all(), _or("short_name", "name"), None),
        "product": (Product.objects.all(), "name", None),
        "assignee": (_workers(), "full_name", None),
    }


def _editor() -> dict[str, Any]:
    given = Q(product=None) | Q(product_id=Given("product"))
    return {
        "template": (AnswerTemplate.objects.filter(given, is_active=True), "title", None),
        "vendor": (OtherVendor.objects.all(), "name", None),
        "duplicate": (Ticket.objects.filter(duplicate_of=Given("ticket")), "key", None),
    }


def _contacts() -> dict[str, Any]:
    label = Concat("channel", Value(" "), "outcome", output_field=CharField())
    return {"contact": (Contact.objects.filter(ticket=Given("ticket")), label, None)}


_FILTERS = Prepared(lambda: _together(_filters()))
_FILTERS_OF = Prepared(
    lambda: _together({**_filters(), "site": (Site.objects.filter(customer_id=Given("customer")), "name", None)})
)
_EDITOR = Prepared(lambda: _together(_editor()))
_EDITOR_AND_CONTACTS = Prepared(lambda: _together({**_editor(), **_contacts()}))
