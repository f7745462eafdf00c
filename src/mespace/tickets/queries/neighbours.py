"""Rows that tickets refer to, fetched by key beside them: joining them all takes longer to plan than to read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from mespace.accounts.models import User
from mespace.customers.models import Area, WorkCenter
from mespace.products.models import Build, KnownError, OtherVendor
from mespace.tickets.models import Ticket

PEOPLE = ("requester", "registered_by", "holder", "assignee")

_RARELY_SET: dict[str, Callable[[Iterable[int]], Mapping[Any, Model]]] = {
    "build": lambda ids: Build.objects.select_related("version").in_bulk(ids),
    "area": Area.objects.in_bulk,
    "work_center": WorkCenter.objects.in_bulk,
    "vendor": OtherVendor.objects.in_bulk,
    "duplicate_of": Ticket.objects.in_bulk,
    "continues": Ticket.objects.in_bulk,
    "known_error": KnownError.objects.in_bulk,
}


def people_of(tickets: Iterable[Ticket], names: Sequence[str] = PEOPLE) -> set[int]:
    """The ids of the people whom the tickets name in those columns."""
    return {pk for ticket in tickets for name in names if (pk := getattr(ticket, f"{name}_id")) is not None}


def set_people(tickets: Iterable[Ticket], users: Mapping[int, User], names: Sequence[str] = PEOPLE) -> None:
    """Give the tickets their people, so that reading `ticket.requester` asks nobody."""
    for ticket in tickets:
        for name in names:
            pk = getattr(ticket, f"{name}_id")
            if pk is not None:
                setattr(ticket, name, users[pk])


def fetch_people(tickets: Sequence[Ticket], names: Sequence[str] = PEOPLE) -> None:
    """The same in one statement."""
    set_people(tickets, User.objects.in_bulk(people_of(tickets, names)), names)


def fetch_rarely_set(ticket: Ticket) -> None:
    """Build, place, vendor and related tickets: one statement for each that the ticket has, none for the others."""
    for name, fetch in _RARELY_SET.items():
        pk = getattr(ticket, f"{name}_id")
        if pk is not None:
            setattr(ticket, name, fetch([pk])[pk])
