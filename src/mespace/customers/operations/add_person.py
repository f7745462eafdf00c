"""Add a person to a customer."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission, Role
from mespace.customers.errors import CustomerNotFound
from mespace.customers.models import Customer, Membership
from mespace.customers.onboarding.becoming import name_in, naming_contract
from mespace.customers.operations._person import enter


@transaction.atomic
def add_person(  # noqa: PLR0913 - a form's fields
    *,
    actor: Actor,
    now: datetime,
    customer_id: int,
    email: str,
    full_name: str,
    role: Role = Role.CUSTOMER_USER,
    job_title: str = "",
    phone: str = "",
    site_ids: Collection[int] = (),
    home_site_id: int | None = None,
    language: str = "ru",
    time_zone: str = "Europe/Moscow",
    contract_id: int | None = None,
    named_on: date | None = None,
) -> Membership:
    """The membership of a new account, in one transaction; it is entered once an invitation is accepted.

    Managers add anybody to any customer, a responsible employee adds ordinary users to the own one. A responsible
    employee is named in a contract from `named_on` (today) on, and access is owed in time (clauses 3.1, 4.2).
    Raises CustomerNotFound, Refused, or ValidationError by field.
    """
    _require(actor, customer_id, role)
    if not Customer.objects.filter(pk=customer_id).exists():
        raise CustomerNotFound
    is_responsible = role == Role.RESPONSIBLE
    contract = naming_contract(customer_id=customer_id, now=now, contract_id=contract_id) if is_responsible else None
    membership = enter(
        now=now,
        customer_id=customer_id,
        email=email,
        full_name=full_name,
        role=role,
        job_title=job_title,
        phone=phone,
        site_ids=site_ids,
        home_site_id=home_site_id,
        language=language,
        time_zone=time_zone,
    )
    if contract is not None:
        name_in(contract, membership.user, named_on=named_on, actor=actor, now=now)
    return membership


def _require(actor: Actor, customer_id: int, role: Role) -> None:
    if actor.can(Permission.CUSTOMERS_MANAGE):
        return
    actor.require(Permission.COLLEAGUES_MANAGE)
    if actor.customer_id != customer_id:
        raise CustomerNotFound
    if role != Role.CUSTOMER_USER:
        raise Refused(Permission.CUSTOMERS_MANAGE)  # responsible employees are named in the contract
