"""Somebody is no longer named as responsible in a contract."""

from datetime import datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.customers.onboarding.handing_over import locked_person
from mespace.customers.onboarding.kind import name_of
from mespace.customers.onboarding.models import ContractPerson, StruckFor
from mespace.obligations.operations.withdraw_obligation import withdraw_obligation


@transaction.atomic
def strike_responsible(
    *, actor: Actor, now: datetime, person_id: int, reason: StruckFor, note: str = ""
) -> ContractPerson:
    """The person, named no more; what is still owed to them is withdrawn, `note` says why. The account is not touched.

    Raises Refused, RowNotFound.
    """
    person = locked_person(actor=actor, person_id=person_id)
    if person.obligation is not None and person.obligation.is_owed:
        withdraw_obligation(actor=actor, now=now, name=name_of(person), reason=reason, note=note)
    person.struck_at, person.struck_for = now, reason
    person.save(update_fields=["struck_at", "struck_for"])
    return person
