"""Alarms of the reaction clock, in working time: before its deadline, and when it has passed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import CharField, DateTimeField, Exists, Func, OuterRef, Value

from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Notification
from mespace.notifications.operations._tell import Told, tell
from mespace.notifications.recipients import People
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.models import RegulationEdition
from mespace.regulation.queries import calendar_at, compiled, parameters_of
from mespace.tickets.lifecycle import Criticality, Status
from mespace.tickets.models import Ticket
from mespace.tickets.subject import TICKET
from mespace.tickets.visibility import TicketQuerySet

NEAR = 3600  # working seconds left to a ticket that is not critical
MOST = 200


@dataclass(frozen=True)
class Alarm:
    """A kind of alarm, and the tickets that are due for it."""

    kind: Kind
    tickets: TicketQuerySet


def watch_deadlines(*, now: datetime) -> int:
    """How many tickets an alarm was raised for. Idempotent: one per ticket, kind and deadline.

    A critical ticket alarms those on duty when half and when a quarter of its target is left, in working time, at
    whatever hour that is. Any other ticket, an hour before its deadline, and that only while it is worked.
    """
    raised = 0
    for alarm in _alarms(now):
        told = Notification.objects.filter(subject_kind=TICKET, subject_id=OuterRef("pk"), kind=alarm.kind)
        due = alarm.tickets.exclude(
            Exists(told.filter(occasion__in=[_deadline(OuterRef("reaction_due_at")), Value("")]))
        )
        for ticket_id in due.order_by("queue_at").values_list("pk", flat=True)[:MOST]:
            raised += _raise(ticket_id, alarm.kind, now)
    return raised


def _alarms(now: datetime) -> Iterator[Alarm]:
    open_tickets = Ticket.objects.filter(status=Status.OPEN, queue_rank=0)  # the rank leads the queue's index
    late = open_tickets.filter(queue_at__lt=now, reaction_due_at__lt=now)
    yield Alarm(Kind.BROKEN_DEADLINE, late.filter(criticality=Criticality.CRITICAL))
    calendar_code = calendar_at(now).code
    for edition in RegulationEdition.objects.values_list("pk", "code"):
        calendar = compiled(calendar_code, edition[1])
        target = parameters_of(edition[1]).critical_seconds
        ahead = open_tickets.filter(regulation_edition_id=edition[0], reaction_due_at__gte=now)
        critical = ahead.filter(criticality=Criticality.CRITICAL)
        half, quarter = (_due_within(calendar, now, max(1, target // part)) for part in (2, 4))
        yield Alarm(Kind.QUARTER_LEFT, critical.filter(queue_at__lte=quarter))
        yield Alarm(Kind.HALF_LEFT, critical.filter(queue_at__lte=half, queue_at__gt=quarter))
        if calendar.is_working(int(now.timestamp())):
            others = ahead.filter(criticality=Criticality.NON_CRITICAL)
            yield Alarm(Kind.NEAR_DEADLINE, others.filter(queue_at__lte=_due_within(calendar, now, NEAR)))
            mine = late.filter(regulation_edition_id=edition[0], criticality=Criticality.NON_CRITICAL)
            yield Alarm(Kind.BROKEN_DEADLINE, mine)


def _deadline(column: OuterRef) -> Func:
    """A deadline as alarms name it; one that is told without a name was told before they did."""
    utc = Func(Value("UTC"), column, function="timezone", output_field=DateTimeField())
    return Func(utc, Value('YYYY-MM-DD"T"HH24:MI:SS"Z"'), function="to_char", output_field=CharField())


def _due_within(calendar: WorkingCalendar, now: datetime, seconds: int) -> datetime:
    """The latest deadline to which so many working seconds are left, or fewer."""
    return datetime.fromtimestamp(calendar.due(int(now.timestamp()), seconds), UTC)


def _raise(ticket_id: int, kind: Kind, now: datetime) -> int:
    with transaction.atomic():
        ticket = Ticket.objects.get(pk=ticket_id)
        if ticket.status != Status.OPEN:  # accepted a moment ago
            return 0
        people = people_of(ticket, at=now)
        occasion = f"{ticket.reaction_due_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        told = [
            Told(user, relation, kind, now, occasion=occasion)
            for user, actor in hearers(ticket, _whom(kind, ticket, people))
            if actor.is_staff and (relation := people.relation(user.pk, kind)) is not None
        ]
        return 1 if tell(subject_kind=TICKET, subject_id=ticket.pk, told=told, now=now) else 0


def _whom(kind: Kind, ticket: Ticket, people: People) -> frozenset[int]:
    """Those on duty and at work on it for a critical ticket; otherwise its assignee, or all agents while it has none.

    If it is late, all agents in any case.
    """
    if kind in {Kind.HALF_LEFT, Kind.QUARTER_LEFT}:
        return people.duty | people.held
    return people.held | people.agents if kind is Kind.BROKEN_DEADLINE or ticket.assignee_id is None else people.held
