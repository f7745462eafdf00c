"""Telling that somebody who was to take part in a remote session can no longer: it must be agreed anew or cancelled."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Notification
from mespace.notifications.operations._tell import Told, tell
from mespace.notifications.operations.remind_of_sessions import occasion_of
from mespace.notifications.table import Relation
from mespace.tickets.models import RemoteSession
from mespace.tickets.subject import TICKET

MOST = 200


def tell_of_left_sessions(*, now: datetime) -> int:
    """How many sessions were told of, to those who work on the request and to managers. Idempotent: once a session."""
    sessions = list(RemoteSession.objects.left().order_by("starts_at", "pk")[:MOST])
    if not sessions:
        return 0
    told = set(
        Notification.objects.filter(
            subject_kind=TICKET,
            subject_id__in={session.ticket_id for session in sessions},
            kind=Kind.SESSION_LEFT,
        ).values_list("occasion", flat=True)
    )
    return sum(_tell(session.pk, now) for session in sessions if occasion_of(session) not in told)


def _tell(session_id: int, now: datetime) -> int:
    with transaction.atomic():
        rows = RemoteSession.objects.left().select_related("ticket__customer")
        session = rows.filter(pk=session_id).first()
        if session is None:  # cancelled a moment ago
            return 0
        ticket, kind = session.ticket, Kind.SESSION_LEFT
        people = people_of(ticket, at=now)
        workers = people.held or people.agents
        managers = set(User.objects.filter(is_active=True, roles__contains=[Role.MANAGER]).values_list("pk", flat=True))
        told = [
            Told(user, people.relation(user.pk, kind) or Relation.STAFF, kind, now, occasion=occasion_of(session))
            for user, _actor in hearers(ticket, workers | managers)
        ]
        return 1 if tell(subject_kind=TICKET, subject_id=ticket.pk, told=told, now=now) else 0
