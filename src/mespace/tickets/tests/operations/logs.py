"""Reading a ticket's log in tests."""

from collections.abc import Callable
from typing import Any

import pytest

from mespace.ledger.models import Event
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Ticket
from mespace.tickets.queries.verification import Difference, differences


def log(ticket: Ticket) -> list[Event]:
    """All events, in order."""
    return list(Event.objects.filter(stream_id=ticket.stream_id).order_by("seq"))


def last(ticket: Ticket) -> Event:
    """The newest event."""
    return log(ticket)[-1]


def kinds(ticket: Ticket) -> list[str]:
    """The kinds of all events, in order."""
    return [event.kind for event in log(ticket)]


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as it is now."""
    return Ticket.objects.get(pk=ticket.pk)


def sound() -> bool:
    """Whether every ticket is what its log says."""
    return [item for item in differences() if isinstance(item, Difference)] == []


def refused(ticket: Ticket | None, call: Callable[[], Any], *fields: str) -> dict[str, str]:
    """The messages of an Invalid that names exactly these fields; it has left no event."""
    before = kinds(ticket) if ticket is not None else Event.objects.count()
    with pytest.raises(Invalid) as refusal:
        call()
    assert sorted(refusal.value.errors) == sorted(fields)
    assert all(refusal.value.errors.values())
    assert before == (kinds(ticket) if ticket is not None else Event.objects.count())
    return refusal.value.errors
