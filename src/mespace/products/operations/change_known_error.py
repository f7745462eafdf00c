"""Change what is known of an error of the software."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.fix import Fix
from mespace.products.models import KnownError
from mespace.products.operations._fix import check_fix

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
) -> KnownError:
    """The known error as it is known from now on; its product stays.

    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.PRODUCTS_MANAGE)
    error = locked(KnownError, known_error_id)
    check_fix(fix=fix, affected_ids=affected_ids, product_id=error.product_id, today=now.astimezone(MOSCOW).date())
    error.code, error.title = code.strip().upper(), title.strip()
    error.description, error.workaround = description.strip(), workaround.strip()
    error.fixed_in_id, error.planned_for_id, error.planned_on = fix.fixed_in_id, fix.planned_for_id, fix.planned_on
    save_checked(error, taken=_("Another known error has this code."))
    error.affected_builds.set(affected_ids)
    return error
