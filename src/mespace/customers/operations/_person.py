"""What holds for a customer's person whoever writes them; shared by the operations that do."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, Role
from mespace.accounts.provisioning import provision
from mespace.accounts.responsible import LastResponsible, require_another_responsible
from mespace.customers.models import Membership, Site


def enter(  # noqa: PLR0913 - a form's fields
    *,
    now: datetime,
    customer_id: int,
    email: str,
    full_name: str,
    role: Role,
    job_title: str,
    phone: str,
    site_ids: Collection[int],
    home_site_id: int | None,
    language: str = "ru",
    time_zone: str = "Europe/Moscow",
) -> Membership:
    """The membership of a new account. Raises ValidationError by field."""
    _check_role(role)
    sites = _sites(customer_id, site_ids, home_site_id)
    user = provision(
        now=now,
        email=email,
        full_name=full_name,
        roles={role},
        job_title=job_title,
        phone=phone,
        language=language,
        time_zone=time_zone,
    )
    membership = Membership.objects.create(user=user, customer_id=customer_id, home_site_id=home_site_id)
    membership.sites.set(sites)
    return membership


def alter(
    membership: Membership,
    *,
    full_name: str,
    role: Role,
    job_title: str,
    phone: str,
    site_ids: Collection[int],
    home_site_id: int | None,
) -> Membership:
    """The membership and its person, whose row the caller has locked, changed. Raises ValidationError by field."""
    user = membership.user
    _check_role(role)
    if role != Role.RESPONSIBLE:
        _require_another_responsible(user)
    user.full_name, user.roles = " ".join(full_name.split()), [role]
    user.job_title, user.phone = job_title.strip(), phone.strip()
    user.clean_fields(exclude={"password", "email"})
    user.save(update_fields=["full_name", "roles", "job_title", "phone"])
    return place(membership, site_ids=site_ids, home_site_id=home_site_id)


def place(membership: Membership, *, site_ids: Collection[int], home_site_id: int | None) -> Membership:
    """The membership with exactly these sites and this usual one. Raises ValidationError by field."""
    sites = _sites(membership.customer_id, site_ids, home_site_id)
    membership.home_site_id = home_site_id
    membership.save(update_fields=["home_site"])
    membership.sites.set(sites)
    return membership


def _check_role(role: Role) -> None:
    if role not in CUSTOMER_ROLES:
        raise ValidationError({"role": _("A customer's person is either a user or a responsible employee.")})


def _sites(customer_id: int, site_ids: Collection[int], home_site_id: int | None) -> list[Site]:
    """The sites by their numbers, the usual one among them: it is always a person's own."""
    wanted = {*site_ids, *([home_site_id] if home_site_id is not None else [])}
    sites = list(Site.objects.filter(customer_id=customer_id, pk__in=wanted))
    if len(sites) != len(wanted):
        raise ValidationError({"sites": _("Choose sites of this customer.")})
    return sites


def _require_another_responsible(user: User) -> None:
    try:
        require_another_responsible(user)
    except LastResponsible:
        text = _("The customer has no other responsible employee: make one responsible first.")
        raise ValidationError({"role": text}) from None
