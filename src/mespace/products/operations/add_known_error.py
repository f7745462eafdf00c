"""Describe a confirmed error of the software."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.fix import Fix
from mespace.products.models import KnownError, Product
from mespace.products.operations._fix import check_fix

MOSCOW = ZoneInfo("Europe/Moscow")


@transaction.atomic
def add_known_error(  # noqa: PLR0913 - one argument per field of the form
    *,
    actor: Actor,
    now: datetime,
    product_id: int,
    code: str,
    title: str,
    description: str = "",
    workaround: str = "",
    affected_ids: Collection[int] = (),
    fix: Fix | None = None,
) -> KnownError:
    """The new known error (clause 4.7). Raises Refused, RowNotFound, or ValidationError by field."""
    actor.require(Permission.PRODUCTS_MANAGE)
    fix = fix or Fix()
    product = locked(Product, product_id)
    check_fix(fix=fix, affected_ids=affected_ids, product_id=product.pk, today=now.astimezone(MOSCOW).date())
    error = KnownError(
        product=product,
        code=code.strip().upper(),
        title=title.strip(),
        description=description.strip(),
        workaround=workaround.strip(),
        fixed_in_id=fix.fixed_in_id,
        planned_for_id=fix.planned_for_id,
        planned_on=fix.planned_on,
    )
    save_checked(error, taken=_("Another known error has this code."))
    error.affected_builds.set(affected_ids)
    return error
