"""Take back an absence."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.operations._absence import absence_of
from mespace.accounts.roster import Absence


@transaction.atomic
def remove_absence(*, actor: Actor, absence_id: int) -> Absence:
    """The absence that is gone (the row audit keeps it). Raises Refused, RowNotFound."""
    absence = absence_of(actor, absence_id)
    Absence.objects.filter(pk=absence.pk).delete()
    return absence
