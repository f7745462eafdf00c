"""The date of a planned fix moves, and nothing else of the known error changes."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.models import KnownError
from mespace.products.operations._fix import fresh, note_fix_change, require_standing, standing_of
from mespace.products.operations._plan import follow_plan


@transaction.atomic
def move_planned_fix(*, actor: Actor, now: datetime, known_error_id: int, planned_on: date, reason: str) -> KnownError:
    """The known error, whose fix is planned for another date, for a reason that every linked customer is told.

    Moved to where it is already, nothing happens. Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    error = locked(KnownError, known_error_id)
    require_standing(error)
    if error.planned_on is None:
        raise ValidationError(_("No fix is planned: it is available already."))
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise ValidationError({"reason": [_("Say why the fix moves: the customers of linked requests are told.")]})
    before = standing_of(fresh(error))
    error.planned_on = planned_on
    error.save(update_fields=["planned_on"])
    if note_fix_change(fresh(error), before, actor=actor, now=now, reason=reason) is not None:
        follow_plan(error, actor=actor, now=now, reason=reason)
    return error
