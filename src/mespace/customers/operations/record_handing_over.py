"""Record that a manager handed the invitation link over in person."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import LinkKind, PasswordLink
from mespace.customers.onboarding.handing_over import hand_over, locked_person
from mespace.customers.onboarding.models import ContractPerson, HandedOver


@transaction.atomic
def record_handing_over(*, actor: Actor, now: datetime, person_id: int) -> ContractPerson:
    """The person, to whom the onboarding is fulfilled now: who handed over, and when, is kept. Recorded again: nothing.

    Raises Refused, RowNotFound, or ValidationError while there is no link that works.
    """
    person = locked_person(actor=actor, person_id=person_id)
    if person.waits:
        links = PasswordLink.objects.filter(
            user=person.user, kind=LinkKind.INVITATION, used_at=None, revoked_at=None, expires_at__gt=now
        )
        if person.user is None or not links.exists():
            raise ValidationError(_("There is no link that works: make one, hand it over, then record that."))
        hand_over(person, actor=actor, now=now, at=now, how=HandedOver.IN_PERSON)
    return person
