"""Whose ball it is, over many tickets: from the columns that project each verdict, without reading a log (4.6)."""

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet, Sum

from mespace.regulation.core.balls import TimeSplit
from mespace.regulation.queries import compiled, edition_of
from mespace.tickets.lifecycle import WAITING, Status
from mespace.tickets.models import Ticket

_COLUMNS = ("time_vendor", "time_customer", "time_third_party", "time_outside")


def splits_by_customer(rows: QuerySet[Ticket], *, now: datetime) -> dict[int, TimeSplit]:
    """The time of all `rows` by customer, from each registration to its closing or `now`, as their verdicts have it.

    Two statements: closed tickets are summed by the database, and open ones, whose last stretch runs, are read. The
    time while nobody's move it was (closed, before a reopening) is left out: `nobody` is 0.
    """
    seconds: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    closed = rows.filter(status=Status.CLOSED).order_by().values("customer_id")
    sums = closed.annotate(*(Sum(name) for name in _COLUMNS))
    for customer, *parts in sums.values_list("customer_id", *(f"{name}__sum" for name in _COLUMNS)):
        _add(seconds[customer], [int(part) for part in parts])
    columns = ("customer_id", "status", "waiting_for", "time_to", "time_calendar", "regulation_edition_id", *_COLUMNS)
    for ticket in rows.open_work().only(*columns).order_by():  # type: ignore[attr-defined]
        _add(seconds[ticket.customer_id], list(_split(ticket, now)))
    return {
        customer: TimeSplit(vendor=vendor, customer=held, third_party=third_party, outside=outside, nobody=0)
        for customer, (vendor, held, third_party, outside) in seconds.items()
    }


def _split(ticket: Ticket, now: datetime) -> tuple[int, int, int, int]:
    """The columns, and what has passed since them."""
    vendor, customer, third_party = ticket.time_vendor, ticket.time_customer, ticket.time_third_party
    start, end = int((ticket.time_to or now).timestamp()), int(now.timestamp())
    calendar = compiled(ticket.time_calendar, edition_of(ticket.regulation_edition_id).code)
    wall = max(0, end - start)
    worked = calendar.between(start, end) if wall else 0
    if ticket.status == Status.SUSPENDED and ticket.waiting_for == "third_party":
        third_party += worked
    elif ticket.status in WAITING:
        customer += worked
    else:
        vendor += worked
    return vendor, customer, third_party, ticket.time_outside + wall - worked


def _add(to: list[int], what: list[int]) -> None:
    for number, seconds in enumerate(what):
        to[number] += seconds
