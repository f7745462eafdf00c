"""Reminding both sides of a remote session an hour before it begins, also of one that nobody has agreed to yet."""

from datetime import datetime, timedelta

from django.db import transaction

from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Notification
from mespace.notifications.operations._tell import Told, tell
from mespace.tickets.models import RemoteSession
from mespace.tickets.queries.sessions import sessions_to_remind_of
from mespace.tickets.session_lifecycle import AHEAD
from mespace.tickets.subject import TICKET

AHEAD_BY = timedelta(hours=1)
MOST = 200


def remind_of_sessions(*, now: datetime) -> int:
    """How many sessions people were reminded of. Idempotent: each person once per session."""
    return sum(
        _remind(session.pk, now)
        for session in sessions_to_remind_of(now=now, ahead=AHEAD_BY)[:MOST]
        if not Notification.objects.filter(
            subject_kind=TICKET, subject_id=session.ticket_id, kind=Kind.SESSION_SOON, occasion=occasion_of(session)
        ).exists()
    )


def occasion_of(session: RemoteSession) -> str:
    """How the reminder names the session."""
    return f"session:{session.pk}"


def session_id_of(occasion: str) -> int | None:
    """The session that a reminder names."""
    kind, _, number = occasion.partition(":")
    return int(number) if kind == "session" and number.isdecimal() else None


def _remind(session_id: int, now: datetime) -> int:
    with transaction.atomic():
        session = RemoteSession.objects.select_related("ticket__customer").get(pk=session_id)
        if session.state not in AHEAD:  # begun, cancelled or refused a moment ago
            return 0
        ticket = session.ticket
        people = people_of(ticket, at=now)
        told = [
            Told(user, relation, Kind.SESSION_SOON, now, occasion=occasion_of(session))
            for user, _actor in hearers(ticket, people.customers | people.held)
            if (relation := people.relation(user.pk, Kind.SESSION_SOON)) is not None
        ]
        return 1 if tell(subject_kind=TICKET, subject_id=ticket.pk, told=told, now=now) else 0
