"""Note that somebody is away."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.operations._absence import Away, absent_person, check_absence
from mespace.accounts.roster import Absence
from mespace.platform.idempotency import once


@transaction.atomic
def record_absence(*, actor: Actor, now: datetime, key: str, away: Away) -> Absence:
    """The absence: one's own for any of the vendor's people who works on requests, anybody's for managers.

    Raises Refused, PersonNotFound, KeyReused, or ValidationError by field.
    """
    content = [away.user_id, away.kind, away.starts_at, away.ends_at]
    claim = once(actor=actor.log_name, key=key, act="record_absence", content=content, now=now)
    if not claim.first:
        return Absence.objects.get(pk=claim.answer)
    person = absent_person(actor, away.user_id)
    check_absence(away, person)
    absence = Absence.objects.create(user=person, kind=away.kind, starts_at=away.starts_at, ends_at=away.ends_at)
    claim.keep(absence.pk)
    return absence
