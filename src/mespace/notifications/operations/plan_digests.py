"""The morning's digest: once a working day, one mail with what was left for it."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.models import User
from mespace.notifications.kinds import Kind
from mespace.notifications.models import DIGEST, Delivery, Notification
from mespace.notifications.operations._tell import new_message_id, new_token
from mespace.notifications.table import Timing
from mespace.platform.jobs import Job, defer
from mespace.regulation.queries import calendar_at, compiled, edition_in_force


def plan_digests(*, now: datetime) -> int:
    """How many digests were planned; none outside of working time, by the calendar and the edition in force.

    A person gets at most one on a working day: what comes after it waits for the next one. What was read meanwhile is
    not in it. The mail and the mark on its lines are one transaction, so a crash neither loses nor doubles it.
    """
    calendar = compiled(calendar_at(now).code, edition_in_force(now).code)
    instant = int(now.timestamp())
    if not calendar.is_working(instant):
        return 0
    day = calendar.local_date(instant).isoformat()
    waiting = Notification.objects.filter(timing=Timing.DIGEST, digest=None, read_at=None)
    had_one = Delivery.objects.filter(subject_kind=DIGEST, kind=Kind.DIGEST, occasion=day).values("recipient_id")
    people = waiting.exclude(user__in=had_one).order_by("user_id").values_list("user_id", flat=True).distinct()
    return sum(_plan(user_id, day, now) for user_id in list(people))


def _plan(user_id: int, day: str, now: datetime) -> bool:
    with transaction.atomic():
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None:
            return False
        made = Delivery.objects.bulk_create(
            [
                Delivery(
                    recipient=user,
                    address=user.email,
                    subject_kind=DIGEST,
                    subject_id=user.pk,
                    kind=Kind.DIGEST,
                    occasion=day,
                    message_id=new_message_id(),
                    envelope_id=new_token(),
                    created_at=now,
                    next_attempt_at=now,
                )
            ],
            ignore_conflicts=True,
        )
        delivery = Delivery.objects.filter(
            subject_kind=DIGEST, recipient=user, kind=Kind.DIGEST, occasion=day, message_id=made[0].message_id
        ).first()
        if delivery is None:  # another worker was faster
            return False
        Notification.objects.filter(user=user, timing=Timing.DIGEST, digest=None, read_at=None).update(digest=delivery)
        defer(Job.SEND_MAIL, delivery_id=delivery.pk)
    return True
