"""Writing what people are told: lines behind the bell, and mails planned in the ledger."""

import secrets
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from mespace.accounts.models import User
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Preference, Reason, State
from mespace.notifications.table import Relation, Timing
from mespace.platform.jobs import Job, defer
from mespace.tickets.subject import TICKET

OUTDATED_AFTER = timedelta(days=2)  # a restored copy or a made-up past mails nobody about it
TOKEN_BYTES = 20  # as base32: 32 letters and digits without padding


@dataclass(frozen=True)
class Told:
    """One person told of one event."""

    user: User
    relation: Relation
    kind: Kind
    at: datetime
    seq: int = 0
    occasion: str = ""
    outdated: bool = False


def tell(*, subject_kind: str, subject_id: int, told: Iterable[Told], now: datetime) -> int:
    """Write the lines and plan the mails; must run inside a transaction. How many lines were asked for.

    What was told before stays as it is: the rows are unique by thing, person, event, kind and occasion.
    """
    told = list(told)
    preferences = Preference.objects.in_bulk([one.user.pk for one in told])
    timed = [(one, preferences.get(one.user.pk, Preference()).timing(one.kind, one.relation)) for one in told]
    Notification.objects.bulk_create(
        [
            Notification(
                user=one.user,
                subject_kind=subject_kind,
                subject_id=subject_id,
                kind=one.kind,
                seq=one.seq,
                occasion=one.occasion,
                created_at=one.at,
                relation=one.relation,
                timing=timing,
            )
            for one, timing in timed
        ],
        ignore_conflicts=True,
    )
    wanted = [one for one, timing in timed if timing is Timing.NOW]
    Delivery.objects.bulk_create(
        [_planned(subject_kind, subject_id, one, now) for one in wanted], ignore_conflicts=True
    )
    planned = Delivery.objects.filter(
        subject_kind=subject_kind,
        subject_id=subject_id,
        recipient__in=[one.user for one in wanted],
        seq__in={one.seq for one in wanted},
        occasion__in={one.occasion for one in wanted},
        state=State.PLANNED,
        attempts=0,
    )
    for delivery_id in planned.order_by("pk").values_list("pk", flat=True):
        defer(Job.SEND_MAIL, delivery_id=delivery_id)  # a second one finds it claimed
    return len(told)


def _planned(subject_kind: str, subject_id: int, one: Told, now: datetime) -> Delivery:
    delivery = Delivery(
        recipient=one.user,
        address=one.user.email,
        subject_kind=subject_kind,
        subject_id=subject_id,
        seq=one.seq,
        kind=one.kind,
        occasion=one.occasion,
        relation=one.relation,
        message_id=new_message_id(),
        reply_token=new_token() if subject_kind == TICKET else None,
        envelope_id=new_token(),
        created_at=now,
    )
    if one.outdated:
        delivery.state, delivery.reason = State.NOT_SENT, Reason.OUTDATED
    else:
        delivery.next_attempt_at = now
    return delivery


def new_message_id() -> str:
    """A Message-ID of ours that nothing else has."""
    return f"<{uuid4().hex}@{mail_host()}>"


def new_token() -> str:
    """An unguessable token that survives a mail program's change of case."""
    return b32encode(secrets.token_bytes(TOKEN_BYTES)).decode().lower()


def mail_host() -> str:
    """The right-hand side of our Message-IDs."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
