"""A fix planned with a date (clause 4.7) as a kind of obligation, owed to the customers whom the error concerns."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.obligations.kinds import ByHand, Change, ObligationKind, Whom, concerning
from mespace.products.models import KnownError
from mespace.regulation.queries import MOSCOW

CODE: Final = "planned_fix"
REPLANNED: Final = "replanned"
NO_ERROR: Final = "no_error"
RELEASED: Final = "released"
AVAILABLE: Final = "available"


def _errors(ids: Collection[int], actor: Actor) -> Mapping[int, Whom]:
    rows, reads_all = KnownError.objects.filter(pk__in=ids), actor.can(Permission.PRODUCTS_READ)
    if not reads_all:
        whom_ids = concerning(actor.customer_id or 0).get(CODE)
        rows = rows.none() if whom_ids is None else rows.filter(pk__in=whom_ids)
    page = "manage:known_error" if reads_all else "known_error"
    found = rows.values_list("pk", "code", "title")
    return {pk: Whom(f"{code} · {title}", reverse(page, args=[pk])) for pk, code, title in found}


def _move(change: Change) -> None:
    from mespace.products.operations.move_planned_fix import move_planned_fix

    assert change.due is not None  # noqa: S101 - it is asked to move
    planned_on = change.due.astimezone(MOSCOW).date()
    common: dict[str, Any] = {"actor": change.actor, "now": change.now, "known_error_id": change.name.whom_id}
    move_planned_fix(**common, planned_on=planned_on, reason=change.note)


def _withdraw(change: Change) -> None:
    from mespace.products.operations.withdraw_known_error import withdraw_known_error

    common: dict[str, Any] = {"actor": change.actor, "now": change.now, "known_error_id": change.name.whom_id}
    withdraw_known_error(**common, reason=change.note)


PLANNED_FIX = ObligationKind(
    code=CODE,
    clause="4.7",
    word=_("Planned fix of a known error"),
    what=_("Publish a build that fixes the error, by the end of the date that was named (clause 4.7)."),
    whom_kind="known_error",
    resolve=_errors,
    shown_to_customers=True,
    only_concerned=True,
    reasons={REPLANNED: _("the fix was planned anew"), NO_ERROR: _("it proved to be no error of the software")},
    ways={RELEASED: _("a build that fixes it was published"), AVAILABLE: _("an available build or version fixes it")},
    moving=ByHand(Permission.PRODUCTS_MANAGE, (REPLANNED,), _move, by_date=True),
    withdrawing=ByHand(Permission.PRODUCTS_MANAGE, (NO_ERROR,), _withdraw),
)
