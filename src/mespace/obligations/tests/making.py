"""A kind of obligation for tests, and short ways to open and judge one."""

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import TIMER, Actor
from mespace.accounts.permissions import Permission
from mespace.obligations import kinds
from mespace.obligations.kinds import ByHand, Name, ObligationKind, Whom, by_working_days
from mespace.obligations.models import Obligation
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.obligations.queries.evidence import bundle_of
from mespace.obligations.queries.verification import Difference, differences
from mespace.regulation.core.obligation_facts import Promise
from tests.properties.judging import verifier

WEDNESDAY = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)  # 09:00 in Moscow
DUE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # Monday 17:00 in Moscow, the third working day after it


def _things(ids: Collection[int], actor: Actor) -> Mapping[int, Whom]:
    del actor
    return {number: Whom(f"thing {number}", f"/things/{number}/") for number in ids}


KIND = ObligationKind(
    code="test_promise",
    clause="3.1",
    word=_("Promise"),
    what=_("Keep it"),
    whom_kind="thing",
    resolve=_things,
    shown_to_customers=True,
    reasons={"later": _("later"), "mistake": _("mistake")},
    moving=ByHand(Permission.CUSTOMERS_MANAGE, ("later",)),
    withdrawing=ByHand(Permission.CUSTOMERS_MANAGE, ("mistake",)),
)


@contextmanager
def registered() -> Iterator[None]:
    kinds._kinds[KIND.code] = KIND
    yield
    del kinds._kinds[KIND.code]


def name(number: int = 1, discriminator: str = "") -> Name:
    return Name(KIND.code, number, discriminator)


def owed(
    *,
    number: int = 1,
    now: datetime = WEDNESDAY,
    since: datetime | None = None,
    promise: Promise | None = None,
    actor: Actor = TIMER,
    owed_to: int | None = None,
) -> Obligation:
    """An obligation that runs for three working days."""
    promise = promise or by_working_days(parameter="onboarding_days")
    return open_obligation(actor=actor, now=now, name=name(number), promise=promise, since=since, owed_to=owed_to)


def course(obligation: Obligation) -> list[str]:
    """The kinds of its events."""
    return list(obligation.stream.events.order_by("seq").values_list("kind", flat=True))


def verified(obligation: Obligation, as_of: datetime) -> dict[str, Any]:
    """The verdict, after the verifier agreed with it."""
    made = bundle_of(Obligation.objects.select_related("regulation_edition").get(pk=obligation.pk), as_of=as_of)
    verifier().verify(json.dumps(made, ensure_ascii=False).encode())
    verdict: dict[str, Any] = made["verdict"]
    return verdict


def no_differences() -> None:
    found = [str(item) for item in differences() if isinstance(item, Difference)]
    assert not found, "\n".join(found)
