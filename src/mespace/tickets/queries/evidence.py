"""A ticket's evidence bundle: what anyone needs to recompute its verdict (docs/mechanisms/verdict.md)."""

from datetime import datetime
from typing import Any

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.ledger.bundle import event_json
from mespace.ledger.canonical import instant_text
from mespace.ledger.models import Event
from mespace.regulation.core.facts import Registered, Repinned, TermOpened
from mespace.regulation.models import CalendarEdition
from mespace.tickets.clocks import verdict_of
from mespace.tickets.facts import facts_of
from mespace.tickets.models import Ticket
from mespace.tickets.queries.ticket import find_ticket


def bundle(*, actor: Actor, key: str, as_of: datetime) -> dict[str, Any]:
    """The bundle as a JSON object: the whole log (it holds no text), the editions and the verdict at `as_of`.

    Raises TicketNotFound, Refused.
    """
    ticket = find_ticket(actor=actor, key=key)
    actor.require(Permission.BUNDLE_EXPORT)
    return bundle_of(ticket, as_of=as_of)


def bundle_of(ticket: Ticket, *, as_of: datetime) -> dict[str, Any]:
    """The bundle of a ticket whose edition is joined."""
    events = list(Event.objects.filter(stream_id=ticket.stream_id).order_by("seq"))
    as_of = max(as_of, events[-1].at)
    edition = ticket.regulation_edition
    codes = {fact.calendar for fact in facts_of(events) if isinstance(fact, Registered | TermOpened | Repinned)}
    calendars = CalendarEdition.objects.filter(code__in=codes)
    return {
        "format": "mespace-bundle/1",
        "ticket": ticket.key,
        "stream": str(ticket.stream_id),
        "as_of": instant_text(as_of),
        "regulation": {"edition": edition.code, "digest": edition.digest, "parameters": edition.parameters},
        "calendars": {row.code: {"digest": row.digest, "content": row.content} for row in calendars},
        "events": [event_json(event) for event in events],
        "head": {"seq": events[-1].seq, "hash": events[-1].hash},
        "verdict": verdict_of(events, regulation_code=edition.code, as_of=as_of).as_json(),
    }
