"""The promise shown before filing: when the clock would start and when support must have reacted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mespace.regulation.core.outlook import promise
from mespace.regulation.queries import calendar_at, compiled, edition_in_force, parameters_of
from mespace.tickets.clocks import instant


@dataclass(frozen=True)
class PromiseNow:
    """What filing at this instant would be promised."""

    clock_starts: datetime
    due: datetime
    target_seconds: int
    starts_now: bool
    is_provisional: bool


def promise_now(*, now: datetime, ticket_type: str, criticality: str) -> PromiseNow:
    """The promise for a ticket of that type and criticality filed at `now` (clause 6.4)."""
    return promises_now(now=now, kinds=[(ticket_type, criticality)])[0]


def promises_now(*, now: datetime, kinds: Sequence[tuple[str, str]]) -> list[PromiseNow]:
    """The promise for each (type, criticality) filed at `now`, in order; two statements for all of them."""
    edition, calendar = edition_in_force(now), calendar_at(now)
    found = []
    for ticket_type, criticality in kinds:
        given = promise(
            compiled(calendar.code, edition.code),
            parameters_of(edition.code),
            ticket_type=ticket_type,
            criticality=criticality,
            at=int(now.timestamp()),
        )
        starts = instant(given.clock_starts)
        found.append(
            PromiseNow(starts, instant(given.due), given.target_seconds, starts <= now, given.rests_on_provisional)
        )
    return found
