"""Change a customer's person."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Membership
from mespace.customers.onboarding.becoming import name_in, naming_contract
from mespace.customers.operations._person import alter
from mespace.platform.rows import RowNotFound


@transaction.atomic
def change_person(  # noqa: PLR0913 - a form's fields
    *,
    actor: Actor,
    now: datetime,
    user_id: int,
    full_name: str,
    role: Role,
    job_title: str,
    phone: str,
    site_ids: Collection[int],
    home_site_id: int | None,
    contract_id: int | None = None,
    named_on: date | None = None,
) -> Membership:
    """The membership as it is from the person's next request on; address and language are their own.

    Who becomes a responsible employee is named in a contract from `named_on` (today) on, and unless they have access
    already, it is owed in time (clauses 3.1, 4.2).
    Raises Refused, PersonNotFound, RowNotFound (one of the staff), or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    user = lock_person(actor=actor, user_id=user_id)
    membership = Membership.objects.filter(user=user).first()
    if membership is None:
        raise RowNotFound("customers.membership")
    membership.user = user
    becomes = role == Role.RESPONSIBLE and Role.RESPONSIBLE not in user.roles
    customer_id = membership.customer_id
    contract = naming_contract(customer_id=customer_id, now=now, contract_id=contract_id) if becomes else None
    alter(
        membership,
        full_name=full_name,
        role=role,
        job_title=job_title,
        phone=phone,
        site_ids=site_ids,
        home_site_id=home_site_id,
    )
    if contract is not None:
        name_in(contract, user, named_on=named_on, actor=actor, now=now)
    return membership
