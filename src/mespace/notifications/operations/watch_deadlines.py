"""Alarms of the reaction clock: once when its deadline comes near, once when it has passed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Notification
from mespace.notifications.operations._tell import Told, tell
from mespace.tickets.lifecycle import Criticality, Status
from mespace.tickets.models import Ticket
from mespace.tickets.subject import TICKET
from mespace.tickets.visibility import TicketQuerySet

NEAR = {Criticality.CRITICAL: timedelta(minutes=30), Criticality.NON_CRITICAL: timedelta(hours=1)}
ALARM_SEQ = 0  # no event of the log: one line per ticket, person and threshold
MOST = 200


def watch_deadlines(*, now: datetime) -> int:
    """How many tickets an alarm was raised for: to the assignee, to all agents without one, if late to all agents.

    Idempotent.
    """
    raised = 0
    for kind, tickets in ((Kind.BROKEN_DEADLINE, _late(now)), (Kind.NEAR_DEADLINE, _near(now))):
        told_already = Notification.objects.filter(
            subject_kind=TICKET, subject_id=OuterRef("pk"), kind=kind, seq=ALARM_SEQ
        )
        for ticket_id in tickets.exclude(Exists(told_already)).order_by("queue_at").values_list("pk", flat=True)[:MOST]:
            raised += _alarm(ticket_id, kind, now)
    return raised


def _open() -> TicketQuerySet:
    return Ticket.objects.filter(status=Status.OPEN, queue_rank=0)  # the rank leads the queue's index


def _late(now: datetime) -> TicketQuerySet:
    return _open().filter(queue_at__lt=now, reaction_due_at__lt=now)


def _near(now: datetime) -> TicketQuerySet:
    soon = Q()
    for criticality, span in NEAR.items():
        soon |= Q(criticality=criticality, reaction_due_at__lte=now + span)
    return _open().filter(soon, queue_at__lte=now + max(NEAR.values()), reaction_due_at__gte=now)


def _alarm(ticket_id: int, kind: Kind, now: datetime) -> int:
    with transaction.atomic():
        ticket = Ticket.objects.get(pk=ticket_id)
        if ticket.status != Status.OPEN:  # accepted a moment ago
            return 0
        people = people_of(ticket, at=now)
        users = (
            people.held | people.agents if kind is Kind.BROKEN_DEADLINE or ticket.assignee_id is None else people.held
        )
        told = [Told(user, kind, now, ALARM_SEQ) for user, actor in hearers(ticket, users) if actor.is_staff]
        return 1 if tell(subject_kind=TICKET, subject_id=ticket.pk, told=told, now=now) else 0
