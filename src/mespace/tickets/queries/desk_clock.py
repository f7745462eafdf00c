"""What the desk's clock column says of tickets: working time by the calendar that each is pinned to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.models import CalendarEdition, RegulationEdition
from mespace.regulation.queries import compiled
from mespace.tickets.clocks import RANK_REACTION, RANK_SUPPORT
from mespace.tickets.models import Ticket


@dataclass(frozen=True)
class DeskClock:
    """Only one of the three is set; none for a ticket that waits without a term.

    `left`: working seconds to the reaction's deadline, negative when it has passed. `held`: working seconds since the
    move became support's. `answer_due`: when the customer's term ends. `is_provisional`: the deadline lies in a year
    whose calendar is not adopted yet, so it may move (E1).
    """

    due: datetime | None = None
    left: int | None = None
    held: int | None = None
    answer_due: datetime | None = None
    is_provisional: bool = False


def clocks_of(tickets: Iterable[Ticket], *, now: datetime) -> dict[int, DeskClock]:
    """The clock of each ticket by row id; no statement once the calendars are compiled in this process."""
    return {ticket.pk: clock_of(ticket, now=now) for ticket in tickets}


def clock_of(ticket: Ticket, *, now: datetime) -> DeskClock:
    """The clock of one ticket at `now`."""
    if ticket.queue_rank == RANK_REACTION:
        left = time_left(ticket, ticket.reaction_due_at, now=now)
        due = ticket.reaction_due_at
        return DeskClock(due=due, left=left, is_provisional=left > 0 and is_provisional(ticket, due))
    if ticket.queue_rank == RANK_SUPPORT:
        return DeskClock(held=-time_left(ticket, ticket.status_since, now=now))
    ends = ticket.term_due_at
    return DeskClock(answer_due=ends, is_provisional=ends is not None and ends > now and is_provisional(ticket, ends))


def is_provisional(ticket: Ticket, due: datetime) -> bool:
    """Whether `due` lies in a year that the ticket's calendar holds provisionally: the deadline may move (E1)."""
    instant = int(due.timestamp())
    return _calendar(ticket.calendar_edition_id, ticket.regulation_edition_id).rests_on_provisional(instant, instant)


def time_left(ticket: Ticket, until: datetime, *, now: datetime) -> int:
    """Working seconds from `now` to `until`, negative when it has passed, by the ticket's calendar."""
    calendar = _calendar(ticket.calendar_edition_id, ticket.regulation_edition_id)
    start, end = int(now.timestamp()), int(until.timestamp())
    return calendar.between(start, end) if start <= end else -calendar.between(end, start)


@lru_cache(maxsize=256)
def _calendar(calendar_id: int, regulation_id: int) -> WorkingCalendar:
    # Editions are immutable rows, so what their ids mean is kept per process.
    code = CalendarEdition.objects.values_list("code", flat=True).get(pk=calendar_id)
    return compiled(code, RegulationEdition.objects.values_list("code", flat=True).get(pk=regulation_id))
