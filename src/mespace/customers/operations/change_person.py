"""Change a customer's person."""

from collections.abc import Collection

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Membership
from mespace.customers.operations._person import alter
from mespace.platform.rows import RowNotFound


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    user_id: int,
    full_name: str,
    role: Role,
    job_title: str,
    phone: str,
    site_ids: Collection[int],
    home_site_id: int | None,
) -> Membership:
    """The membership as it is from the person's next request on; address and language are their own.

    Raises Refused, PersonNotFound, RowNotFound (one of the staff), or ValidationError by field.
    """
    actor.require(Permission.CUSTOMERS_MANAGE)
    user = lock_person(actor=actor, user_id=user_id)
    membership = Membership.objects.filter(user=user).first()
    if membership is None:
        raise RowNotFound("customers.membership")
    membership.user = user
    return alter(
        membership,
        full_name=full_name,
        role=role,
        job_title=job_title,
        phone=phone,
        site_ids=site_ids,
        home_site_id=home_site_id,
    )
