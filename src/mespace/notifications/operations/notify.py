"""Telling people of what was written on a ticket: lines behind the bell, and mails planned in the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from mespace.accounts.models import User
from mespace.ledger.models import Event
from mespace.notifications.audience import hearers, people_of
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Preference, Reason, State
from mespace.notifications.news import news_of
from mespace.notifications.recipients import recipients, weightier
from mespace.platform.jobs import Job, defer
from mespace.tickets.models import Ticket

OUTDATED_AFTER = timedelta(days=2)  # a restored copy or a made-up past mails nobody about it


@dataclass(frozen=True)
class Told:
    """One person told of one event."""

    user: User
    seq: int
    kind: Kind
    at: datetime
    outdated: bool = False


def notify(*, ticket_id: int, first_seq: int, last_seq: int, now: datetime) -> int:
    """How many people were told of the events `first_seq`…`last_seq` of one act; each hears the weightiest once.

    Rights are those of this moment. Running it again tells nobody twice.
    """
    with transaction.atomic():
        ticket = Ticket.objects.get(pk=ticket_id)
        events = {
            event.seq: event
            for event in Event.objects.filter(stream_id=ticket.stream_id, seq__range=(first_seq, last_seq)).order_by(
                "seq"
            )
        }
        if not events:
            return 0
        people = people_of(ticket, at=events[max(events)].recorded_at)
        heard: dict[int, tuple[int, Kind]] = {}
        for_staff = set()
        for seq, event in events.items():
            news = news_of(event, ticket)
            if news.staff_only:
                for_staff.add(seq)
            weightier(heard, seq, recipients(news, people))
        told = []
        for staff_only in (False, True):
            users = {user for user, (seq, _) in heard.items() if (seq in for_staff) is staff_only}
            for user, _actor in hearers(ticket, users, staff_only=staff_only):
                seq, kind = heard[user.pk]
                event = events[seq]
                told.append(Told(user, seq, kind, event.at, outdated=event.recorded_at < now - OUTDATED_AFTER))
        return tell(ticket=ticket, told=told, now=now)


def tell(*, ticket: Ticket, told: Iterable[Told], now: datetime) -> int:
    """Write the lines and plan the mails; must run inside a transaction. How many lines were asked for."""
    told = list(told)
    Notification.objects.bulk_create(
        [Notification(user=one.user, ticket=ticket, kind=one.kind, seq=one.seq, created_at=one.at) for one in told],
        ignore_conflicts=True,
    )
    preferences = Preference.objects.in_bulk([one.user.pk for one in told])
    wanted = [one for one in told if preferences.get(one.user.pk, Preference()).wants_mail(one.kind)]
    Delivery.objects.bulk_create([_planned(ticket, one, now) for one in wanted], ignore_conflicts=True)
    planned = Delivery.objects.filter(
        ticket=ticket,
        recipient__in=[one.user for one in wanted],
        seq__in={one.seq for one in wanted},
        state=State.PLANNED,
        attempts=0,
    )
    for delivery_id in planned.order_by("pk").values_list("pk", flat=True):
        defer(Job.SEND_MAIL, delivery_id=delivery_id)  # a second one finds it claimed
    return len(told)


def _planned(ticket: Ticket, one: Told, now: datetime) -> Delivery:
    delivery = Delivery(
        recipient=one.user,
        address=one.user.email,
        ticket=ticket,
        seq=one.seq,
        kind=one.kind,
        message_id=f"<{uuid4().hex}@{mail_host()}>",
        created_at=now,
    )
    reason = Reason.NO_SERVER if not settings.MAIL_IS_SET else Reason.OUTDATED if one.outdated else ""
    if reason:
        delivery.state, delivery.reason = State.NOT_SENT, reason
    else:
        delivery.next_attempt_at = now
    return delivery


def mail_host() -> str:
    """The right-hand side of our Message-IDs."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
