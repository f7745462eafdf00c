"""Who has been given access, who waits, who is late; fully fetched."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from mespace.accounts.actor import Actor
from mespace.accounts.models import ENTERED, LinkKind, PasswordLink, SignIn
from mespace.accounts.permissions import Permission
from mespace.customers.onboarding.models import ContractPerson
from mespace.obligations.lifecycle import State
from mespace.platform.forms import row_id
from mespace.platform.rows import RowNotFound

PAGE = 50


class Shown(StrEnum):
    """Which named people a list shows."""

    WAITING = "waiting"
    LATE = "late"
    DONE = "done"


@dataclass(frozen=True)
class OnboardingPage:
    """Some named people, how many each list has, and where the next page begins (None: this is the last)."""

    rows: list[ContractPerson]
    counts: dict[Shown, int]
    after: str | None


def onboarding(*, actor: Actor, now: datetime, shown: Shown, after: str = "") -> OnboardingPage:
    """People whom contracts name: those who wait in time, those who wait too long, those who are served.

    Raises Refused.
    """
    actor.require(Permission.CUSTOMERS_READ)
    conditions = _conditions(now)
    named = ContractPerson.objects.filter(struck_at=None)
    counted = named.aggregate(**{kind.value: Count("pk", filter=q) for kind, q in conditions.items()})
    rows = _fetched(named.filter(conditions[shown]), now)
    if (last_id := row_id(after)) is not None:
        rows = rows.filter(pk__gt=last_id) if shown != Shown.DONE else rows.filter(pk__lt=last_id)
    found = list(rows.order_by("-pk" if shown == Shown.DONE else "pk")[: PAGE + 1])
    more = len(found) > PAGE
    return OnboardingPage(
        found[:PAGE], {kind: counted[kind.value] for kind in Shown}, str(found[PAGE - 1].pk) if more else None
    )


def named_people(*, actor: Actor, contract_id: int, now: datetime) -> list[ContractPerson]:
    """Everybody whom a contract names, those struck off last; one statement. Raises Refused."""
    actor.require(Permission.CUSTOMERS_READ)
    rows = _fetched(ContractPerson.objects.filter(contract_id=contract_id), now)
    return list(rows.order_by(F("struck_at").asc(nulls_first=True), "pk"))


def named_now(*, contract_id: int) -> list[ContractPerson]:
    """Whom a contract names today, with what is owed to them, for pages that have judged who reads the contract."""
    rows = ContractPerson.objects.filter(contract_id=contract_id, struck_at=None).select_related("obligation")
    return list(rows.order_by("pk"))


def named_person(*, actor: Actor, person_id: int, now: datetime) -> ContractPerson:
    """One named person. Raises Refused, RowNotFound."""
    actor.require(Permission.CUSTOMERS_READ)
    row = _fetched(ContractPerson.objects.filter(pk=person_id), now).first()
    if row is None:
        raise RowNotFound("customers.contractperson")
    return row


def naming_of(*, actor: Actor, user_id: int, now: datetime) -> list[ContractPerson]:
    """Where a person is named, the latest first. Raises Refused."""
    actor.require(Permission.CUSTOMERS_READ)
    rows = _fetched(ContractPerson.objects.filter(user_id=user_id, struck_at=None), now)
    return list(rows.order_by("-named_on", "-pk"))


def _conditions(now: datetime) -> dict[Shown, Q]:
    waits = Q(handed_over_at=None, obligation__isnull=False)
    passed = Q(obligation__state=State.MISSED) | Q(obligation__due_at__lt=now)
    return {
        Shown.WAITING: waits & ~passed,
        Shown.LATE: waits & passed,
        Shown.DONE: Q(handed_over_at__isnull=False) | Q(obligation=None),
    }


def _fetched(rows: QuerySet[ContractPerson], now: datetime) -> QuerySet[ContractPerson]:
    """The rows with contract, customer, obligation, `invited_until` (of a link that works) and `first_sign_in`."""
    links = PasswordLink.objects.filter(
        user_id=OuterRef("user_id"), kind=LinkKind.INVITATION, used_at=None, revoked_at=None, expires_at__gt=now
    )
    sign_ins = SignIn.objects.filter(user_id=OuterRef("user_id"), kind__in=ENTERED).order_by().values("user_id")
    made = PasswordLink.objects.filter(user_id=OuterRef("user_id"), kind=LinkKind.INVITATION).order_by()
    return rows.select_related("contract__customer", "obligation", "user", "handed_over_by").annotate(
        invited_until=Subquery(links.values("expires_at")[:1]),
        last_invited_at=Subquery(made.values("user_id").annotate(last=Max("created_at")).values("last")[:1]),
        first_sign_in=Subquery(sign_ins.annotate(first=Min("at")).values("first")[:1]),
    )
