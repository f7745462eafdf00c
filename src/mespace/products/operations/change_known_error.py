"""Change what is known of an error of the software."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import FixState, KnownError
from mespace.products.operations._fix import (
    check_fix,
    checked_confirmation,
    fresh,
    note_fix_change,
    require_standing,
    set_fix,
    standing_of,
)
from mespace.products.operations._plan import follow_plan
from mespace.products.search import index_known_error

MOSCOW = ZoneInfo("Europe/Moscow")


@transaction.atomic
def change_known_error(  # noqa: PLR0913 - one argument per field of the form
    *,
    actor: Actor,
    now: datetime,
    known_error_id: int,
    code: str,
    title: str,
    description: str,
    workaround: str,
    affected_ids: Collection[int],
    fix: Fix,
    confirmation: Confirmation,
    affected_version_ids: Collection[int] = (),
    reason: str = "",
) -> KnownError:
    """The known error as it is known from now on; its product stays.

    A fix that was named before moves only by those who manage the software, and with a reason, which every linked
    customer is told with the new date; what is owed moves, or is done, with it. A withdrawn one is not changed.
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.KNOWN_ERRORS_CONFIRM)
    error = locked(KnownError, known_error_id)
    require_standing(error)
    before = standing_of(fresh(error))
    check_fix(
        fix=fix,
        affected_ids=affected_ids,
        affected_version_ids=affected_version_ids,
        product_id=error.product_id,
        today=now.astimezone(MOSCOW).date(),
    )
    confirmation = checked_confirmation(confirmation)
    error.code, error.title = code.strip().upper(), title.strip()
    error.description, error.workaround = description.strip(), workaround.strip()
    error.differs_from, error.reproduced = confirmation.differs_from, confirmation.reproduced
    error.ruled_out = confirmation.ruled_out
    if error.confirmed_at is None:
        error.confirmed_at, error.confirmed_by_id = now, actor.person_id
    set_fix(error, fix)
    save_checked(error, taken=_("Another known error has this code."))
    error.affected_builds.set(affected_ids)
    error.affected_versions.set(affected_version_ids)
    index_known_error(error)
    reason = reason.replace("\x00", "").strip()
    changed = note_fix_change(fresh(error), before, actor=actor, now=now, reason=reason)
    if changed is not None and before[0] != FixState.OPEN:
        actor.require(Permission.PRODUCTS_MANAGE)
        if not reason:
            raise ValidationError({"reason": _("Say why the fix moves: the customers of linked requests are told.")})
    if changed is not None:
        follow_plan(error, actor=actor, now=now, reason=reason)
    return error
