"""The promise of a fix by a date (clause 4.7) in the ledger of obligations; shared by the operations that move it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.obligations.errors import DueInPast
from mespace.obligations.kinds import Name, by_date, end_of_date
from mespace.obligations.models import Obligation
from mespace.obligations.operations.fulfil import fulfil
from mespace.obligations.operations.move_due import move_due
from mespace.obligations.operations.open_obligation import open_obligation
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation
from mespace.products.models import KnownError
from mespace.products.planned_fix import AVAILABLE, CODE, NO_ERROR, PLANNED_FIX, REPLANNED


def follow_plan(error: KnownError, *, actor: Actor, now: datetime, reason: str = "", how: str = AVAILABLE) -> None:
    """Open, move, fulfil or withdraw what is owed, as the error's fix stands now; in the caller's transaction.

    The caller holds the error's row. A plan that is made again after its end is another promise with its own history.
    Raises ValidationError on `planned_on` when a date is named that has passed.
    """
    known = _promises(error)
    owed = _name(error, len(known)) if known and known[-1].is_owed else None
    if error.is_fixed:
        if owed is not None:
            fulfil(actor=actor, now=now, name=owed, how=how)
    elif error.planned_on is None:
        if owed is not None:
            withdraw_obligation(actor=actor, now=now, name=owed, reason=NO_ERROR, note=reason)
    elif owed is not None:
        try:
            move_due(actor=actor, now=now, name=owed, due=end_of_date(error.planned_on), reason=REPLANNED, note=reason)
        except DueInPast:
            raise _passed() from None
    else:
        _open(error, error.planned_on, number=len(known) + 1, actor=actor, now=now)


def was_promised(error: KnownError) -> bool:
    """Whether its fix was ever promised by a date."""
    return bool(_promises(error))


def _open(error: KnownError, planned_on: date, *, number: int, actor: Actor, now: datetime) -> None:
    if end_of_date(planned_on) < now:
        raise _passed()
    open_obligation(actor=actor, now=now, name=_name(error, number), promise=by_date(planned_on))


def _promises(error: KnownError) -> list[Obligation]:
    return list(Obligation.objects.filter(whom_kind=PLANNED_FIX.whom_kind, whom_id=error.pk, kind=CODE).order_by("pk"))


def _name(error: KnownError, number: int) -> Name:
    """The first promise about an error is called by it alone, the next ones are numbered."""
    return Name(CODE, error.pk, str(number) if number > 1 else "")


def _passed() -> ValidationError:
    return ValidationError({"planned_on": [_("This date has passed: name one that is still to come.")]})
