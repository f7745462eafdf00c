"""What the operations that give a named person their access have in common, inside their transaction."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.accounts.provisioning import provision
from mespace.customers.models import Membership
from mespace.customers.onboarding.kind import name_of
from mespace.customers.onboarding.models import ContractPerson, HandedOver
from mespace.obligations.operations.fulfil import fulfil
from mespace.platform.rows import RowNotFound


def locked_person(*, actor: Actor, person_id: int) -> ContractPerson:
    """The named person, locked. Raises Refused or RowNotFound."""
    actor.require(Permission.CUSTOMERS_MANAGE)
    rows = ContractPerson.objects.select_for_update(of=("self",)).select_related("contract__customer")
    row = rows.filter(pk=person_id, struck_at=None).first()
    if row is None:
        raise RowNotFound("customers.contractperson")
    return row


def account_of(person: ContractPerson, *, now: datetime) -> User:
    """The person's account, made now if there is none: a responsible employee of the contract's customer.

    Raises AlreadyHasPassword, AccountDisabled, or ValidationError by field when the address is taken.
    """
    user = (
        person.user
        or User.objects.filter(email__iexact=person.email, membership__customer_id=person.contract.customer_id).first()
    )
    if user is None:
        user = provision(
            now=now,
            email=person.email,
            full_name=person.full_name,
            roles={Role.RESPONSIBLE},
            job_title=person.job_title,
            phone=person.phone,
        )
        Membership.objects.create(user=user, customer_id=person.contract.customer_id)
    if person.user_id != user.pk:
        person.user = user
        person.save(update_fields=["user"])
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise AccountDisabled
    if user.has_credentials:
        raise AlreadyHasPassword
    return user


def hand_over(person: ContractPerson, *, actor: Actor, now: datetime, at: datetime, how: HandedOver) -> None:
    """Record that the invitation reached the person; the first time counts, later ones change nothing."""
    if not person.waits:
        return
    person.handed_over_at, person.handed_over_how, person.handed_over_by_id = at, how, actor.user_id
    person.save(update_fields=["handed_over_at", "handed_over_how", "handed_over_by"])
    if person.obligation_id is not None:
        fulfil(actor=actor, now=now, name=name_of(person), at=at, how=how)
