"""What will break before an instant if nobody acts: reactions against the roster, and whatever else is owed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mespace.accounts.actor import Actor
from mespace.accounts.attendance import Attendance
from mespace.accounts.duty import attendance
from mespace.accounts.permissions import Permission
from mespace.obligations.models import Obligation
from mespace.regulation.queries import MOSCOW, compiled, edition_of
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import RemoteSession, Ticket
from mespace.tickets.queries.neighbours import fetch_people
from mespace.tickets.queries.owed import OwedRow, obligation_rows
from mespace.tickets.queries.sessions import left_sessions

MORNING = time(9)
MOST = 100


@dataclass(frozen=True)
class AtRisk:
    """A ticket whose promise ends before the horizon. Working seconds from now; `left` is negative when it has passed.

    `attended` is the part of `left` in which somebody is on duty.
    """

    ticket: Ticket
    due: datetime
    left: int
    attended: int

    @property
    def is_late(self) -> bool:
        """Whether the promise is broken already."""
        return self.left < 0

    @property
    def is_unattended(self) -> bool:
        """Whether nobody is on duty before the deadline."""
        return self.left >= 0 and self.attended == 0


@dataclass(frozen=True)
class Outlook:
    """What is at risk before `horizon`, the most urgent first; `more` when there is more than is shown."""

    horizon: datetime
    reactions: list[AtRisk]
    plans: list[Ticket]
    """Planned fixes whose day has come or passed."""
    obligations: list[OwedRow]
    """What is owed besides and due before the horizon, or overdue; the longest overdue first."""
    sessions: list[RemoteSession]
    """Remote sessions that cannot begin, because somebody who was to take part has left."""
    more: bool
    more_obligations: bool


def horizon_of(now: datetime) -> datetime:
    """Tomorrow at 09:00 in Moscow."""
    tomorrow: date = now.astimezone(MOSCOW).date() + timedelta(days=1)
    return datetime.combine(tomorrow, MORNING, MOSCOW)


def outlook(*, actor: Actor, now: datetime) -> Outlook:
    """What breaks before tomorrow 09:00 if nobody acts; a fixed number of statements. Raises Refused."""
    actor.require(Permission.OVERSIGHT_READ)
    horizon = horizon_of(now)
    rows = Ticket.objects.visible_to(actor).open_work().select_related("customer")
    running = list(
        rows.filter(queue_rank=0, queue_at__lte=horizon, status=Status.OPEN).order_by("queue_at", "pk")[: MOST + 1]
    )
    due_day = horizon.astimezone(MOSCOW).date()
    plans = list(rows.filter(status=Status.SCHEDULED, planned_on__lte=due_day).order_by("planned_on", "pk")[:MOST])
    fetch_people([*running, *plans], ("assignee",))
    there = attendance(now, horizon)
    found = [_judged(ticket, there, now) for ticket in running[:MOST]]
    rows_owed = Obligation.objects.visible_to(actor).owed().filter(due_at__lte=horizon)
    owed = list(rows_owed.order_by("due_at", "pk")[: MOST + 1])
    return Outlook(
        horizon,
        found,
        plans,
        obligation_rows(actor=actor, rows=owed[:MOST], now=now),
        left_sessions(actor=actor),
        more=len(running) > MOST,
        more_obligations=len(owed) > MOST,
    )


def _judged(ticket: Ticket, there: Attendance, now: datetime) -> AtRisk:
    calendar = compiled(ticket.time_calendar, edition_of(ticket.regulation_edition_id).code)
    start, end = int(now.timestamp()), int(ticket.reaction_due_at.timestamp())
    if end < start:
        return AtRisk(ticket, ticket.reaction_due_at, -max(1, calendar.between(end, start)), 0)
    parts = there.attended(now, ticket.reaction_due_at)
    attended = sum(calendar.between(int(first.timestamp()), int(last.timestamp())) for first, last in parts)
    return AtRisk(ticket, ticket.reaction_due_at, calendar.between(start, end), attended)
