"""Correct why or how long somebody is away."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.operations._absence import Away, absence_of, absent_person, check_absence
from mespace.accounts.roster import Absence


@transaction.atomic
def change_absence(*, actor: Actor, absence_id: int, away: Away) -> Absence:
    """The absence with another reason or other instants; whose it is stays.

    Raises Refused, RowNotFound, PersonNotFound, or ValidationError by field.
    """
    absence = absence_of(actor, absence_id)
    person = absent_person(actor, absence.user_id)
    check_absence(away, person, but=absence)
    absence.kind, absence.starts_at, absence.ends_at = away.kind, away.starts_at, away.ends_at
    absence.save(update_fields=["kind", "starts_at", "ends_at"])
    return absence
