"""The people of one's own customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Customer, Membership, Site


def colleagues(actor: Actor) -> list[Membership]:
    """All people of the actor's customer by name, the disabled included, fully fetched. Raises Refused."""
    actor.require(Permission.COLLEAGUES_MANAGE)
    by_name = Func(Lower(F("user__full_name")), Value("ё"), Value("е"), function="translate", output_field=TextField())
    rows = Membership.objects.filter(customer_id=actor.customer_id or 0).select_related("user", "home_site")
    return list(rows.prefetch_related("sites").order_by(by_name, "pk"))


@dataclass(frozen=True)
class SiteChoices:
    """The sites to choose from, and whether people see the requests of their own sites alone."""

    sites: Sequence[Site]
    narrowed: bool


def sites_to_choose(actor: Actor, *, also_of: Membership | None = None) -> SiteChoices:
    """The sites in use of the actor's customer, and those of a person that no longer are. Raises Refused."""
    actor.require(Permission.COLLEAGUES_MANAGE)
    wanted = Q(is_active=True)
    if also_of is not None:
        wanted |= Q(pk__in=also_of.sites.values("pk")) | Q(pk=also_of.home_site_id)
    narrowed = is_narrowed(actor)
    return SiteChoices(list(Site.objects.filter(wanted, customer_id=actor.customer_id or 0)), narrowed)


def is_narrowed(actor: Actor) -> bool:
    """Whether the ordinary people of the actor's customer see the requests of their own sites alone."""
    return Customer.objects.filter(pk=actor.customer_id or 0, narrow_to_sites=True).exists()


def colleague(actor: Actor, user_id: int) -> Membership:
    """An ordinary person of the own customer with their sites. Raises Refused, also for a responsible employee.

    Raises PersonNotFound for anybody else.
    """
    actor.require(Permission.COLLEAGUES_MANAGE)
    rows = Membership.objects.select_related("user").prefetch_related("sites")
    found = rows.filter(customer_id=actor.customer_id or 0, user_id=user_id).first()
    if found is None:
        raise PersonNotFound
    if Role.RESPONSIBLE in found.user.roles:
        raise Refused(Permission.CUSTOMERS_MANAGE)  # responsible employees are named in the contract, and see all
    return found
