"""What the pages about people show, fully fetched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.models import SIGN_IN_FAILURES, PasswordLink, SignIn, User
from mespace.accounts.permissions import CUSTOMER_ROLES, Permission
from mespace.platform.forms import row_id

PAGE = 50
Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, and where the next page begins (None: this is the last)."""

    rows: Sequence[Row]
    after: str | None


def people(*, actor: Actor, customers: bool = False, words: str = "", after: str = "") -> Page[User]:
    """Staff, or customers' people, by name; `words` narrows by name, e-mail or job title. Raises Refused."""
    actor.require(Permission.ACCOUNTS_MANAGE)
    rows = User.objects.annotate(name_key=_name_key())
    of_customers = Q(roles__overlap=sorted(CUSTOMER_ROLES))
    rows = rows.filter(of_customers) if customers else rows.exclude(of_customers)
    for word in words.split()[:5]:
        rows = rows.filter(Q(full_name__icontains=word) | Q(email__icontains=word) | Q(job_title__icontains=word))
    place = after.rpartition("|")
    last_id = row_id(place[2])
    if last_id is not None:
        rows = rows.filter(Q(name_key__gt=place[0]) | Q(name_key=place[0], pk__gt=last_id))
    if customers:
        rows = rows.select_related("membership__customer")
    found = list(rows.order_by("name_key", "pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.name_key}|{last.pk}" if last else None)


def sign_ins(
    *, actor: Actor, user_id: int | None = None, failures: bool = False, before: int | None = None
) -> Page[SignIn]:
    """The sign-in log, newest first, of everybody or of one person. For administrators and auditors. Raises Refused."""
    if not (actor.can(Permission.ACCOUNTS_MANAGE) or actor.can(Permission.AUDIT_READ)):
        raise Refused(Permission.AUDIT_READ)
    rows: QuerySet[SignIn] = SignIn.objects.select_related("user").order_by("-pk")
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if failures:
        rows = rows.filter(kind__in=SIGN_IN_FAILURES)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else None)


def open_links(*, actor: Actor, user_id: int, now: datetime) -> list[PasswordLink]:
    """Links made for the person that still work. Raises Refused."""
    actor.require(Permission.ACCOUNTS_MANAGE)
    rows = PasswordLink.objects.filter(user_id=user_id, used_at=None, revoked_at=None, expires_at__gt=now)
    return list(rows.select_related("created_by").order_by("-created_at"))


def _name_key() -> Func:
    # The database sorts by code point, where ё comes after я.
    lowered = Lower(F("full_name"))
    return Func(lowered, Value("ё"), Value("е"), function="translate", output_field=TextField())
