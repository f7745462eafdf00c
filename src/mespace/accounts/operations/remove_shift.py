"""Take a shift off the roster."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.roster import Shift
from mespace.platform.rows import locked


@transaction.atomic
def remove_shift(*, actor: Actor, shift_id: int) -> Shift:
    """The shift that is gone (the row audit keeps it). Raises Refused, RowNotFound."""
    actor.require(Permission.DUTY_MANAGE)
    shift = locked(Shift, shift_id)
    Shift.objects.filter(pk=shift.pk).delete()
    return shift
