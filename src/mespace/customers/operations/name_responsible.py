"""Name a responsible employee in a contract, from its signing or from an amendment on."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson, name, require_come
from mespace.platform.rows import locked


@transaction.atomic
def name_responsible(
    *, actor: Actor, now: datetime, contract_id: int, person: NamedPerson, named_on: date
) -> ContractPerson:
    """The named person; from `named_on`, which is day 0, the onboarding is owed (clauses 3.1, 4.2).

    An existing account of the customer becomes that of a responsible employee.
    Raises Refused, RowNotFound, or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    contract = locked(SupportContract, contract_id)
    if ContractPerson.objects.filter(contract=contract, email__iexact=person.email.strip(), struck_at=None).exists():
        raise ValidationError({"email": _("The contract names somebody with this address already.")})
    require_come(named_on, now)
    return name(contract, person, named_on, actor=actor, now=now)
