"""Confirm and describe an error of the software."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.rows import locked, save_checked
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import KnownError, Product
from mespace.products.operations._fix import check_fix, checked_confirmation, set_fix
from mespace.products.operations._plan import follow_plan
from mespace.products.search import index_known_error

MOSCOW = ZoneInfo("Europe/Moscow")


@transaction.atomic
def add_known_error(  # noqa: PLR0913 - one argument per field of the form
    *,
    actor: Actor,
    now: datetime,
    product_id: int,
    code: str,
    title: str,
    confirmation: Confirmation,
    fix: Fix,
    description: str = "",
    workaround: str = "",
    affected_ids: Collection[int] = (),
    affected_version_ids: Collection[int] = (),
) -> KnownError:
    """The new known error (clause 4.7), confirmed by the three parts of a bug's definition: support's work.

    A fix planned with a date is owed from now on. Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.KNOWN_ERRORS_CONFIRM)
    product = locked(Product, product_id)
    check_fix(
        fix=fix,
        affected_ids=affected_ids,
        affected_version_ids=affected_version_ids,
        product_id=product.pk,
        today=now.astimezone(MOSCOW).date(),
    )
    confirmation = checked_confirmation(confirmation)
    error = KnownError(
        product=product,
        code=code.strip().upper(),
        title=title.strip(),
        description=description.strip(),
        workaround=workaround.strip(),
        differs_from=confirmation.differs_from,
        reproduced=confirmation.reproduced,
        ruled_out=confirmation.ruled_out,
        confirmed_by_id=actor.person_id,
        confirmed_at=now,
    )
    set_fix(error, fix)
    save_checked(error, taken=_("Another known error has this code."))
    error.affected_builds.set(affected_ids)
    error.affected_versions.set(affected_version_ids)
    index_known_error(error)
    follow_plan(error, actor=actor, now=now)
    return error
