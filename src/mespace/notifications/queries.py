"""What the bell shows."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import Q, QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor
from mespace.accounts.subjects import About, Subject, Words, subject_of, subjects
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Preference
from mespace.notifications.table import ROWS, Relation, Timing
from mespace.tickets.subject import TICKET

COUNT_CAP = 100
LATEST = 20


@dataclass(frozen=True)
class Line:
    """One piece of news, ready to be shown."""

    id: int
    title: str
    url: str
    kind: Kind
    words: str
    at: datetime
    is_unread: bool


def unread_count(actor: Actor) -> int:
    """How many unread lines the person has, counted to 100 at most (show “99+” beyond); one statement."""
    return len(_unread(tuple(subjects())).rows(actor))


def latest(actor: Actor, *, limit: int = LATEST, before: int | None = None, unread_only: bool = False) -> list[Line]:
    """The newest lines about things that the person still sees; a statement, and some per kind of thing.

    `before` is the id of the last line of the page before.
    """
    rows = seen_by(actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if unread_only:
        rows = rows.filter(read_at=None)
    return lines_of(actor, list(rows.order_by("-pk")[:limit]))


def lines_of(actor: Actor, found: list[Notification]) -> list[Line]:
    """The rows (which the actor sees) as they are read; a fixed number of statements per kind of thing."""
    words: dict[tuple[str, About], Words] = {}
    for kind in sorted({line.subject_kind for line in found}):
        news = [line.about for line in found if line.subject_kind == kind]
        words |= {(kind, about): said for about, said in subject_of(kind).words(actor, news).items()}
    lines = []
    for row in found:
        said, kind_of_news = words.get((row.subject_kind, row.about)), Kind(row.kind)
        if said is not None:
            unread = row.read_at is None
            label = str(kind_of_news.label)
            lines.append(Line(row.pk, said.title, said.url, kind_of_news, label, row.created_at, is_unread=unread))
    return lines


def delivery_by_reply_token(token: str) -> Delivery | None:
    """The mail about a ticket to which an answer with this token (in any case of letters) belongs, with its recipient.

    The token says which mail was answered, not by whom: compare the sender with `address` before believing it.
    """
    token = token.strip().lower()
    if not token.isascii() or not token.isalnum():
        return None
    return Delivery.objects.select_related("recipient").filter(reply_token=token, subject_kind=TICKET).first()


@dataclass(frozen=True)
class Choice:
    """A kind of news on the page of preferences."""

    kind: Kind
    label: str
    defaults: dict[Relation, Timing]  # of the relations that the person can have to it
    required: dict[Relation, str]  # for these it always comes at once, by that clause
    chosen: str  # a Timing, or empty for the default

    @property
    def can_be_chosen(self) -> bool:
        """Whether any relation is left to the person."""
        return self.defaults.keys() != self.required.keys()


def preferences(actor: Actor) -> tuple[list[Choice], bool]:
    """What the person may choose, by kind in the table's order, and whether the morning's digest is wanted."""
    if actor.user_id is None:
        return [], True
    row = Preference.objects.filter(user_id=actor.user_id).first() or Preference(user_id=actor.user_id)
    choices = []
    for each in reversed(ROWS):
        defaults = each.of_side(customers=actor.is_customer)
        if defaults:
            required = {relation: clause for relation, clause in each.required.items() if relation in defaults}
            label, chosen = str(each.kind.label), row.timings.get(each.kind.value, "")
            choices.append(Choice(each.kind, label, defaults, required, chosen))
    return choices, row.digest


def seen_by(actor: Actor) -> QuerySet[Notification]:
    """The person's own lines, about things that they still see."""
    if actor.user_id is None:
        return Notification.objects.none()
    rows = Notification.objects.filter(user_id=actor.user_id)
    if not actor.can(Permission.TICKET_READ_INTERNAL):
        rows = rows.exclude(kind=Kind.NOTE)
    visible = Q()
    for subject in subjects():
        seen = subject.visible_to(actor)
        of_kind = Q(subject_kind=subject.kind)
        visible |= of_kind & Q(subject_id__in=seen.values("pk")) if seen.query.has_filters() else of_kind
    return rows.filter(visible)


@cache
def _unread(_kinds: tuple[Subject, ...]) -> PreparedFor[int]:
    """Made for the kinds of things that rooms have registered: their gates are part of the statement."""
    return PreparedFor(
        lambda actor: seen_by(actor).filter(read_at=None).order_by().values_list("pk", flat=True)[:COUNT_CAP]
    )
