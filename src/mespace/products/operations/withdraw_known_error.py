"""What was taken for an error of the software proved to be none."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked
from mespace.products.fix import Fix
from mespace.products.models import KnownError
from mespace.products.operations._fix import LONGEST_PART, fresh, note_fix_change, set_fix, standing_of
from mespace.products.operations._plan import follow_plan


@transaction.atomic
def withdraw_known_error(*, actor: Actor, now: datetime, known_error_id: int, reason: str) -> KnownError:
    """The known error, withdrawn: it is offered no more, its fix is owed no more, and every linked customer hears why.

    Requests stay linked until somebody takes the link away. Withdrawn again, nothing happens.
    Raises Refused, RowNotFound, or ValidationError by field (no reason; a fix was published, so it was an error).
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    error = locked(KnownError, known_error_id)
    if error.withdrawn_at is not None:
        return error
    reason = reason.replace("\x00", "").strip()
    if error.is_fixed:
        raise ValidationError(_("Its fix is published, so it was an error of the software."))
    if not reason:
        raise ValidationError({"reason": [_("Say what showed that it is no error: linked customers read it.")]})
    if len(reason) > LONGEST_PART:
        raise ValidationError({"reason": [_("At most %(most)d characters.") % {"most": LONGEST_PART}]})
    before = standing_of(fresh(error))
    set_fix(error, Fix())
    error.withdrawn_at, error.withdrawn_by_id, error.withdrawn_for = now, actor.person_id, reason
    error.save()
    note_fix_change(fresh(error), before, actor=actor, now=now, reason=reason)
    follow_plan(error, actor=actor, now=now, reason=reason)
    return error
