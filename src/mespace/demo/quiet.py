"""The past is no news: what its making deferred is taken back, and only the last days appear behind the bells."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from mespace.demo.world import World
from mespace.notifications.models import Delivery, Notification, State
from mespace.notifications.operations.notify import notify
from mespace.platform.jobs import Job
from mespace.tickets.models import ReadMark, Ticket

NEWS = timedelta(days=4)
FRESH = timedelta(hours=20)
MAILS = 30


def take_back_jobs(tickets: Collection[int]) -> list[tuple[int, int, int]]:
    """Delete the notifications deferred for these tickets; what each would tell of: ticket, first and last event."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND (args ->> 'ticket_id')::bigint = ANY(%s)"
            " RETURNING id, args",
            [Job.NOTIFY.value, list(tickets)],
        )
        rows = sorted(cursor.fetchall())
    arguments = [args if isinstance(args, dict) else json.loads(args) for _, args in rows]
    return [(each["ticket_id"], each["first_seq"], each["last_seq"]) for each in arguments]


def tell_news(acts: Collection[tuple[int, int, int]], *, now: datetime) -> None:
    """Lines behind the bells for the acts of the last days, the older of them read.

    Mails about the last hours go to the folder of an installation without a mail server; no other demo mails anybody.
    """
    recent = set(Ticket.objects.filter(active_at__gt=now - NEWS).values_list("pk", flat=True))
    for ticket_id, first, last in acts:
        if ticket_id in recent:
            notify(ticket_id=ticket_id, first_seq=first, last_seq=last, now=now)
    Notification.objects.filter(created_at__lt=now - NEWS).delete()
    Notification.objects.filter(created_at__lt=now - FRESH).update(read_at=now - FRESH)
    _keep_latest_mails(0 if settings.MAIL_IS_SET else MAILS)


def _keep_latest_mails(most: int) -> None:
    latest = list(Delivery.objects.filter(state=State.PLANNED).order_by("-pk").values_list("pk", flat=True)[:most])
    Delivery.objects.exclude(pk__in=latest).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND (args ->> 'delivery_id')::bigint <> ALL(%s)",
            [Job.SEND_MAIL.value, latest],
        )


def mark_old_read(*, world: World, now: datetime) -> None:
    """Tickets on which nothing happened lately count as read by their requesters and by all agents."""
    quiet = list(
        Ticket.objects.filter(active_at__lt=now - FRESH).values_list("pk", "version", "requester_id", "holder_id")
    )
    agents = [one.user.pk for one in world.agents]
    readers: dict[tuple[int, int], int] = {}
    for ticket_id, version, *people in quiet:
        readers |= dict.fromkeys(((ticket_id, user_id) for user_id in (*people, *agents)), version)
    ReadMark.objects.bulk_create(
        [ReadMark(ticket_id=ticket, user_id=user, seq=seq) for (ticket, user), seq in readers.items()],
        update_conflicts=True,
        unique_fields=["ticket", "user"],
        update_fields=["seq"],
        batch_size=1000,
    )
