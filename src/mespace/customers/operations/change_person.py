"""Change a customer's person."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.permissions import CUSTOMER_ROLES, Permission, Role
from mespace.customers.models import Membership, Site
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
    if role not in CUSTOMER_ROLES:
        raise ValidationError({"role": _("A customer's person is either a user or a responsible employee.")})
    wanted = {*site_ids, *([home_site_id] if home_site_id is not None else [])}
    sites = list(Site.objects.filter(customer_id=membership.customer_id, pk__in=wanted))
    if len(sites) != len(wanted):
        raise ValidationError({"sites": _("Choose sites of this customer.")})
    user.full_name, user.roles = " ".join(full_name.split()), [role]
    user.job_title, user.phone = job_title.strip(), phone.strip()
    user.clean_fields(exclude={"password", "email"})
    user.save(update_fields=["full_name", "roles", "job_title", "phone"])
    membership.home_site_id = home_site_id
    membership.save(update_fields=["home_site"])
    membership.sites.set(sites)
    return membership
