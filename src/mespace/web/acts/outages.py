"""Outages of our own service while a reaction clock ran: the clock ran on, and its ledger shows the overlap (4.4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mespace.announcements.queries.notices import outages_between
from mespace.platform.folding.address import address
from mespace.regulation.queries import compiled
from mespace.tickets.clocks import instant
from mespace.tickets.queries.ticket import TicketView
from mespace.web.durations import duration_words


@dataclass(frozen=True)
class Overlap:
    """An outage, the stretch that it shares with the clock, and the counted working time in that stretch."""

    title: str
    url: str
    start: datetime
    end: datetime
    worked: str
    is_over: bool


def outages_context(view: TicketView) -> dict[str, Any]:
    """`overlaps`: the outages during the reaction clock, in their order; one statement."""
    given = view.verdict.reaction
    start, end = given.registered_at, max(given.measured_to, given.registered_at)
    found = outages_between(start=instant(start), end=instant(end)) if start < end else []
    if not found:
        return {"overlaps": []}
    calendar = compiled(given.calendar, view.ticket.regulation_edition.code)
    overlaps = []
    for outage in found:
        first = max(start, int(outage.began_at.timestamp()))
        last = min(end, int(outage.ended_at.timestamp()) if outage.ended_at else end)
        overlaps.append(
            Overlap(
                title=outage.title,
                url=address("announcements:outage", outage.pk),
                start=instant(first),
                end=instant(last),
                worked=duration_words(calendar.between(first, last), exact=True),
                is_over=outage.ended_at is not None,
            )
        )
    return {"overlaps": overlaps}
