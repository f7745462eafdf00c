"""Choose which sites are a person's own, and which is the usual one."""

from collections.abc import Collection

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.permissions import Permission
from mespace.customers.models import Membership
from mespace.customers.operations._person import place
from mespace.platform.rows import RowNotFound


@transaction.atomic
def choose_sites(*, actor: Actor, user_id: int, site_ids: Collection[int], home_site_id: int | None) -> Membership:
    """The membership; where the customer narrows its people, they see the requests of these sites from then on.

    Managers do it for every customer's people, a responsible employee for the ordinary people of the own customer.
    Raises Refused, PersonNotFound, RowNotFound (one of the staff), or ValidationError by field.
    """
    if not actor.can(Permission.CUSTOMERS_MANAGE):
        actor.require(Permission.COLLEAGUES_MANAGE)
    user = lock_person(actor=actor, user_id=user_id)
    membership = Membership.objects.filter(user=user).first()
    if membership is None:
        raise RowNotFound("customers.membership")
    membership.user = user
    return place(membership, site_ids=site_ids, home_site_id=home_site_id)
