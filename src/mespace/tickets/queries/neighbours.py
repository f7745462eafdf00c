"""Rows that tickets refer to, fetched by key beside them: joining them all takes longer to plan than to read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mespace.accounts.models import User
from mespace.customers.models import Area, WorkCenter
from mespace.platform.prepared import Given, Prepared
from mespace.products.affected import FIX_JOINS
from mespace.products.models import Build, KnownError, OtherVendor
from mespace.tickets.models import Ticket

PEOPLE = ("requester", "registered_by", "holder", "assignee")

_PK = Given("pk")
_RARELY_SET: dict[str, Prepared[Any]] = {
    "build": Prepared(lambda: Build.objects.select_related("version").filter(pk=_PK)),
    "area": Prepared(lambda: Area.objects.filter(pk=_PK)),
    "work_center": Prepared(lambda: WorkCenter.objects.filter(pk=_PK)),
    "vendor": Prepared(lambda: OtherVendor.objects.filter(pk=_PK)),
    "duplicate_of": Prepared(lambda: Ticket.objects.filter(pk=_PK)),
    "continues": Prepared(lambda: Ticket.objects.filter(pk=_PK)),
    "known_error": Prepared(lambda: KnownError.objects.select_related(*FIX_JOINS).filter(pk=_PK)),
}
_USERS = Prepared(lambda: User.objects.filter(pk__any=Given("ids")))


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


def users_of(ids: Iterable[int]) -> dict[int, User]:
    """The people with those ids; one statement."""
    return {user.pk: user for user in _USERS.rows(ids=sorted(ids))}


def fetch_people(tickets: Sequence[Ticket], names: Sequence[str] = PEOPLE) -> None:
    """The same in one statement."""
    set_people(tickets, users_of(people_of(tickets, names)), names)


def fetch_rarely_set(ticket: Ticket) -> None:
    """Build, place, vendor and related tickets: one statement for each that the ticket has, none for the others."""
    for name, fetch in _RARELY_SET.items():
        pk = getattr(ticket, f"{name}_id")
        if pk is not None:
            setattr(ticket, name, fetch.first(pk=pk))
