"""From a signed-in person to the actor whose rights operations and queries ask for."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, Value

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.models import Membership
from mespace.platform.prepared import Given, Prepared

_MEMBERSHIP = Prepared(
    lambda: (
        Membership.objects.filter(user_id=Given("user"))
        .annotate(
            narrow=F("customer__narrow_to_sites"),
            own_sites=ArrayAgg("sites", filter=Q(sites__isnull=False), default=Value([])),
        )
        .values_list("customer_id", "narrow", "own_sites")
    )
)


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor: no query for staff, one for a customer's person; NOBODY for strangers and the disabled.

    Sites are narrowed only where the customer wishes it, and never for a responsible employee.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    roles = [Role(role) for role in user.roles]
    if not user.is_customer:
        return Actor.of(user_id=user.pk, roles=roles, name=user.full_name)
    row = _MEMBERSHIP.first(user=user.pk)
    if row is None:
        return NOBODY
    customer_id, narrow, own_sites = row
    narrowed = narrow and Role.RESPONSIBLE not in roles
    return Actor.of(
        user_id=user.pk,
        roles=roles,
        customer_id=customer_id,
        site_ids=frozenset(own_sites) if narrowed else None,
        name=user.full_name,
    )
