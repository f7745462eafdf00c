"""Telling people of something that is no ticket: an edition, a release, planned work, a contract that ends."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from mespace.accounts.models import User
from mespace.accounts.subjects import Subject, subject_of
from mespace.customers.actors import actor_of
from mespace.notifications.kinds import Kind
from mespace.notifications.operations._tell import OUTDATED_AFTER, Told, tell
from mespace.notifications.table import ANNOUNCED, ROW, Relation

AT_ONCE = 200  # people per transaction


class NotAnnounced(ValueError):  # noqa: N818 - it says what is wrong
    """This is no kind of news that is announced (`table.ANNOUNCED`)."""


def announce(
    *,
    kind: str,
    subject_kind: str,
    subject_id: int,
    recipients: Iterable[int],
    now: datetime,
    occasion: str = "",
    at: datetime | None = None,
) -> int:
    """How many of `recipients` (people by id) were told.

    Those who may not sign in, do not see the thing, or are of a side that the table does not tell of it, are not.

    Each person is told once per kind, thing and `occasion`; running it again tells nobody twice, so a job that died in
    the middle is simply run again. `at` is the instant of what happened, if it was not now.
    Raises NotAnnounced and UnknownSubject.
    """
    if kind not in ANNOUNCED:
        raise NotAnnounced(kind)
    subject = subject_of(subject_kind)
    happened = at or now
    count = 0
    wanted = sorted(set(recipients))
    for start in range(0, len(wanted), AT_ONCE):
        users = _seeing(subject, subject_id, wanted[start : start + AT_ONCE])
        told = [
            Told(user, relation, Kind(kind), happened, occasion=occasion, outdated=happened < now - OUTDATED_AFTER)
            for user in users
            if (relation := Relation.CUSTOMER if user.is_customer else Relation.STAFF) in ROW[Kind(kind)].timing
        ]
        with transaction.atomic():
            count += tell(subject_kind=subject_kind, subject_id=subject_id, told=told, now=now)
    return count


def _seeing(subject: Subject, subject_id: int, wanted: list[int]) -> list[User]:
    users = User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
    return [user for user in users if subject.visible_to(actor_of(user)).filter(pk=subject_id).exists()]
