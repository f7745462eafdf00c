"""Somebody becomes a responsible employee otherwise than by a contract's own form: the contract that names them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.onboarding.models import ContractPerson
from mespace.customers.onboarding.naming import NamedPerson, name, require_come

if TYPE_CHECKING:
    from django.db.models import QuerySet


def contracts_that_may_name(*, customer_id: int, now: datetime) -> "QuerySet[SupportContract]":
    """The customer's contracts that have not ended, the longest-lived last; those still ahead are among them."""
    today = moscow_date(now)
    rows = SupportContract.objects.filter(customer_id=customer_id, valid_until__gte=today)
    return rows.order_by("valid_until", "pk")


def naming_contract(*, customer_id: int, now: datetime, contract_id: int | None = None) -> SupportContract | None:
    """The contract, locked, that names whoever becomes responsible now: the chosen one, else the only one valid today.

    None when no contract is valid: then nothing is owed until one names them. Raises ValidationError beside `contract`
    when several are valid and none is chosen, or the chosen one is not among those that may name.
    """
    rows = contracts_that_may_name(customer_id=customer_id, now=now).select_for_update(of=("self",))
    if contract_id is not None:
        chosen = rows.filter(pk=contract_id).first()
        if chosen is None:
            raise ValidationError({"contract": _("Choose a contract of this customer that has not ended.")})
        return chosen
    valid = list(rows.filter(valid_from__lte=moscow_date(now)))
    if len(valid) > 1:
        raise ValidationError({"contract": _("Several contracts are valid: say which one names the person.")})
    return valid[0] if valid else None


def name_in(
    contract: SupportContract, user: User, *, named_on: date | None, actor: Actor, now: datetime
) -> ContractPerson:
    """The person as the contract names them from `named_on` on, today if nothing is said; owed to who had no access.

    Raises ValidationError by field.
    """
    day = named_on or moscow_date(now)
    require_come(day, now)
    person = NamedPerson(user.full_name, user.email, user.job_title, user.phone)
    return name(contract, person, day, actor=actor, now=now)
