"""The receipts of an edition's notice (clause 7.4): who was told, how far the mail came, who has opened the edition."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, Permission
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, State
from mespace.regulation.models import EditionReading

PAGE: Final = 50
EDITION: Final = "edition"  # the subject's kind


class Shown(StrEnum):
    """Which of them are listed."""

    ALL = "all"
    UNOPENED = "unopened"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Receipt:
    """One person: in the bell since `told_at`, by mail as far as `mail` says, and opened for the first time."""

    user_id: int
    name: str
    customer: str
    told_at: datetime | None
    mail: str
    """What became of the mail, in words; empty without one."""
    opened_at: datetime | None


@dataclass(frozen=True)
class Receipts:
    """A page of them, and how many there are of each sort."""

    rows: list[Receipt]
    counts: dict[Shown, int]
    opened: int
    has_more: bool


def edition_receipts(*, actor: Actor, edition_id: int, shown: Shown, page: int = 1) -> Receipts:
    """Every customer's person who may sign in or was told, by company and name; two statements. Raises Refused."""
    actor.require(Permission.CUSTOMERS_READ)
    told = Notification.objects.filter(
        subject_kind=EDITION, subject_id=edition_id, kind=Kind.EDITION, user_id=OuterRef("pk")
    )
    readings = EditionReading.objects.filter(edition_id=edition_id, user_id=OuterRef("pk"))
    mails = Delivery.objects.filter(
        subject_kind=EDITION, subject_id=edition_id, kind=Kind.EDITION, recipient_id=OuterRef("pk")
    ).order_by("-pk")
    people = (
        User.objects.filter(roles__overlap=sorted(CUSTOMER_ROLES))
        .annotate(is_told=Exists(told), is_opened=Exists(readings))
        .filter(Q(is_active=True) | Q(is_told=True))
    )
    counts = _counts(people)
    wanted = {
        Shown.ALL: Q(),
        Shown.UNOPENED: Q(is_opened=False),
        Shown.UNTOLD: Q(is_told=False),
    }[shown]
    rows = people.filter(wanted).annotate(
        told_at=Subquery(told.values("created_at")[:1]),
        opened_at=Subquery(readings.values("opened_at")[:1]),
        mail=Subquery(mails.values("state")[:1]),
        company=F("membership__customer__short_name"),
    )
    first = (page - 1) * PAGE
    found = list(rows.order_by("company", "full_name", "pk")[first : first + PAGE + 1])
    words = dict(State.choices)
    return Receipts(
        [
            Receipt(
                each.pk,
                each.full_name,
                each.company or "",
                each.told_at,
                str(words.get(each.mail, "")) if each.mail else "",
                each.opened_at,
            )
            for each in found[:PAGE]
        ],
        {Shown.ALL: counts["every"], Shown.UNOPENED: counts["unopened"], Shown.UNTOLD: counts["untold"]},
        counts["every"] - counts["unopened"],
        len(found) > PAGE,
    )


def _counts(people: QuerySet[User]) -> dict[str, int]:
    from django.db.models import Count

    return people.aggregate(
        every=Count("pk"),
        unopened=Count("pk", filter=Q(is_opened=False)),
        untold=Count("pk", filter=Q(is_told=False)),
    )
