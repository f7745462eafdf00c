"""What the pages about contacts show, fully fetched. Readers need CONTACT_READ."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import Customer, Membership, SupportContract
from mespace.platform.rows import name_key
from mespace.platform.search import query as search_query
from mespace.tickets.errors import ContactNotFound
from mespace.tickets.models import Channel, Contact, Outcome, Ticket
from mespace.tickets.operations._contacts import digits
from mespace.tickets.queries.cursors import BadCursor, decode, encode, instant, whole

PAGE = 50
MOST_CALLERS = 8
MOST_TICKETS = 6
SHORTEST_NUMBER = 4  # digits by which a phone is looked for
_JOINS = ("customer", "person", "logged_by", "ticket")

STATES = ("waiting", "handled", "all")


@dataclass(frozen=True)
class ContactFilter:
    """Which contacts are wanted; empty means any. Lives in the address."""

    state: str = "all"  # one of STATES
    channel: str = ""
    outcome: str = ""
    customer: int | None = None
    q: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether more than the state is chosen."""
        return any(getattr(self, each.name) for each in fields(self) if each.name != "state")


@dataclass(frozen=True)
class ContactPage:
    """Contacts, and the cursor of the next page (None: this is the last)."""

    rows: Sequence[Contact]
    next_cursor: str | None


def contact_list(*, actor: Actor, wanted: ContactFilter, cursor: str | None = None, limit: int = PAGE) -> ContactPage:
    """Contacts that wait first, then those that are handled; each the newest first. Raises BadCursor."""
    rows = _filtered(Contact.objects.visible_to(actor), wanted)
    if cursor:
        rank, at, pk = decode(cursor, 3)
        same = Q(rank=whole(rank))
        older = Q(at__lt=instant(at)) | Q(at=instant(at), pk__lt=whole(pk))
        rows = rows.filter(Q(rank__gt=whole(rank)) | (same & older))
    found = list(
        rows.select_related(*_JOINS)
        .annotate(file_count=Count("files"))
        .defer("search", "whole")
        .order_by("rank", "-at", "-pk")[: limit + 1]
    )
    last = found[limit - 1] if len(found) > limit else None
    return ContactPage(found[:limit], encode(last.rank, last.at, last.pk) if last else None)


def find_contact(*, actor: Actor, contact_id: int) -> Contact:
    """The contact with all that its page shows; raises ContactNotFound unless the actor sees it."""
    rows = Contact.objects.visible_to(actor).select_related(*_JOINS, "handled_by", "about").defer("search")
    row = rows.prefetch_related("files").filter(pk=contact_id).first()
    if row is None:
        raise ContactNotFound(contact_id)
    return row


@dataclass(frozen=True)
class Callers:
    """Whom a name, a phone number, an address or a company's name may mean."""

    people: list[Membership]
    customers: list[Customer]


def callers(*, actor: Actor, text: str) -> Callers:
    """A few people and customers for what was typed. Raises Refused."""
    actor.require(Permission.CONTACT_LOG)
    text = text.replace("\x00", "").strip()[:100]
    number, words = digits(text), text.split()[:4]
    is_number = len(number) >= SHORTEST_NUMBER and not any(letter.isalpha() for letter in text)
    if not words or (len(text) < 2 and not is_number):  # noqa: PLR2004 - a single letter finds everybody
        return Callers([], [])
    people = Membership.objects.select_related("user", "customer").filter(user__is_active=True)
    customers = Customer.objects.all()
    if is_number:
        only_digits = Func(
            F("user__phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
        )
        people = people.annotate(phone_digits=only_digits).filter(phone_digits__contains=number)
        customers = customers.none()
    else:
        for word in words:
            of_customer = Q(customer__name__icontains=word) | Q(customer__short_name__icontains=word)
            people = people.filter(Q(user__full_name__icontains=word) | Q(user__email__icontains=word) | of_customer)
            customers = customers.filter(
                Q(name__icontains=word) | Q(short_name__icontains=word) | Q(project__code__iexact=word)
            )
    return Callers(
        list(people.order_by(name_key("user__full_name"), "pk")[:MOST_CALLERS]),
        list(customers.order_by(name_key("short_name"), "pk")[:3]),
    )


@dataclass(frozen=True)
class Beside:
    """What an agent should know of a caller while talking."""

    customer: Customer
    person: Membership | None
    tickets: list[Ticket]
    contracts: list[SupportContract]
    today: Any


def beside(*, actor: Actor, now: datetime, customer_id: int | None, person_id: int | None) -> Beside | None:
    """The caller's open tickets (their own first) and contracts; None when nothing is known of them.

    Raises Refused.
    """
    actor.require(Permission.CONTACT_READ)
    person = (
        Membership.objects.select_related("user", "customer", "home_site").filter(user_id=person_id).first()
        if person_id
        else None
    )
    customer = person.customer if person is not None else Customer.objects.filter(pk=customer_id or 0).first()
    if customer is None:
        return None
    today = moscow_date(now)
    rows = Ticket.objects.visible_to(actor).open_work().filter(customer=customer)
    own = Q(requester_id=person_id) | Q(holder_id=person_id)
    tickets = list(rows.filter(own).order_by("-active_at", "-pk")[:MOST_TICKETS]) if person is not None else []
    if len(tickets) < MOST_TICKETS:
        others = rows.exclude(pk__in=[ticket.pk for ticket in tickets])
        tickets += others.order_by("-active_at", "-pk")[: MOST_TICKETS - len(tickets)]
    contracts = list(
        customer.contracts.prefetch_related("products").filter(valid_until__gte=today).order_by("valid_from", "pk")
    ) or list(customer.contracts.prefetch_related("products").order_by("-valid_until")[:1])
    return Beside(customer, person, tickets, contracts, today)


def _filtered(rows: QuerySet[Contact], wanted: ContactFilter) -> QuerySet[Contact]:
    if wanted.state == "waiting":
        rows = rows.filter(rank=0)
    elif wanted.state == "handled":
        rows = rows.filter(rank=1)
    if wanted.channel in set(Channel):
        rows = rows.filter(channel=wanted.channel)
    if wanted.outcome in set(Outcome):
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.customer:
        rows = rows.filter(customer_id=wanted.customer)
    if wanted.q.strip():
        terms = search_query(wanted.q)
        rows = rows.filter(search=terms) if terms is not None else rows.none()
    return rows


__all__ = [
    "STATES",
    "BadCursor",
    "Beside",
    "Callers",
    "ContactFilter",
    "ContactPage",
    "beside",
    "callers",
    "contact_list",
    "find_contact",
]
