"""What the bell shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.notifications.kinds import FOR_CUSTOMERS, FOR_STAFF, MAILED, Kind
from mespace.notifications.models import Notification, Preference
from mespace.tickets.models import Ticket

COUNT_CAP = 100
LATEST = 20


@dataclass(frozen=True)
class Line:
    """One piece of news, ready to be shown."""

    id: int
    key: str
    subject: str
    kind: Kind
    words: str
    seq: int
    at: datetime
    is_unread: bool


def unread_count(actor: Actor) -> int:
    """How many unread lines the person has, counted to 100 at most (show “99+” beyond); one statement."""
    return _seen_by(actor).filter(read_at=None).order_by()[:COUNT_CAP].count()


def latest(actor: Actor, *, limit: int = LATEST, before: int | None = None, unread_only: bool = False) -> list[Line]:
    """The newest lines about tickets that the person still sees; one statement.

    `before` is the id of the last line of the page before.
    """
    rows = _seen_by(actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if unread_only:
        rows = rows.filter(read_at=None)
    found = rows.order_by("-pk").values_list(
        "pk", "ticket__key", "ticket__subject", "kind", "seq", "created_at", "read_at"
    )[:limit]
    return [
        Line(pk, key, subject, Kind(kind), str(Kind(kind).label), seq, at, is_unread=read_at is None)
        for pk, key, subject, kind, seq, at, read_at in found
    ]


def preferences(actor: Actor) -> tuple[Preference, list[Kind]]:
    """The person's preferences (as they are without a row) and the kinds of mail that concern them, for the form."""
    if actor.user_id is None:
        return Preference(), []
    row = Preference.objects.filter(user_id=actor.user_id).first() or Preference(user_id=actor.user_id)
    concerned = FOR_CUSTOMERS if actor.is_customer else FOR_STAFF
    return row, [kind for kind in MAILED if kind in concerned]


def _seen_by(actor: Actor) -> QuerySet[Notification]:
    if actor.user_id is None:
        return Notification.objects.none()
    rows = Notification.objects.filter(user_id=actor.user_id)
    if not actor.can(Permission.TICKET_READ_INTERNAL):
        rows = rows.exclude(kind=Kind.NOTE)
    if actor.can(Permission.TICKET_READ_ALL):
        return rows
    return rows.filter(ticket__in=Ticket.objects.visible_to(actor))
