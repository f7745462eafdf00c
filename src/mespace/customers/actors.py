"""From a signed-in person to the actor whose rights operations and queries ask for."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.models import Membership
from mespace.platform.prepared import Given, Prepared

ALONG = "place"  # the attribute of a session's person, read with them


def place() -> Subquery:
    """An expression of a person: their customer, whether it narrows people to sites, and the person's own sites."""
    own_sites = Membership.sites.through.objects.filter(membership_id=OuterRef("pk")).values("site_id")
    rows = Membership.objects.filter(user_id=OuterRef("pk"))
    values = JSONObject(customer="customer_id", narrow="customer__narrow_to_sites", sites=ArraySubquery(own_sites))
    return Subquery(rows.values(found=values))


_PLACE = Prepared(lambda: User.objects.filter(pk=Given("user")).annotate(found=place()).values_list("found", flat=True))


def actor_of(user: User | AnonymousUser) -> Actor:
    """The actor; NOBODY for strangers and the disabled. A query for a customer's person who is no session's.

    Sites are narrowed only where the customer wishes it, and never for a responsible employee.
    """
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    roles = [Role(role) for role in user.roles]
    if not user.is_customer:
        return Actor.of(user_id=user.pk, roles=roles, name=user.full_name)
    found = getattr(user, ALONG) if hasattr(user, ALONG) else _PLACE.first(user=user.pk)
    if found is None:
        return NOBODY
    narrowed = found["narrow"] and Role.RESPONSIBLE not in roles
    return Actor.of(
        user_id=user.pk,
        roles=roles,
        customer_id=found["customer"],
        site_ids=frozenset(found["sites"]) if narrowed else None,
        name=user.full_name,
    )
