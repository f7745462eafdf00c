"""The people of one's own customer."""

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Lower

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Membership, Site


def colleagues(actor: Actor) -> list[Membership]:
    """All people of the actor's customer by name, the disabled included, fully fetched. Raises Refused."""
    actor.require(Permission.COLLEAGUES_MANAGE)
    by_name = Func(Lower(F("user__full_name")), Value("ё"), Value("е"), function="translate", output_field=TextField())
    rows = Membership.objects.filter(customer_id=actor.customer_id or 0).select_related("user", "home_site")
    return list(rows.order_by(by_name, "pk"))


def sites_to_choose(actor: Actor) -> list[Site]:
    """The sites in use of the actor's customer. Raises Refused."""
    actor.require(Permission.COLLEAGUES_MANAGE)
    return list(Site.objects.filter(customer_id=actor.customer_id or 0, is_active=True))
