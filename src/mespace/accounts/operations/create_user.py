"""Create an employee of the vendor or a contractor."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import STAFF_ROLES, Permission, Role
from mespace.accounts.provisioning import provision


@transaction.atomic
def create_user(  # noqa: PLR0913 - a form's fields
    *,
    actor: Actor,
    now: datetime,
    email: str,
    full_name: str,
    roles: Iterable[Role],
    job_title: str = "",
    phone: str = "",
    language: str = "ru",
    time_zone: str = "Europe/Moscow",
) -> User:
    """The new account, which can be entered once its invitation is accepted (customers' people: customers.add_person).

    Raises Refused, or ValidationError by field.
    """
    actor.require(Permission.ACCOUNTS_MANAGE)
    chosen = frozenset(roles)
    if not chosen or not chosen <= STAFF_ROLES:
        raise ValidationError({"roles": _("Choose at least one role of the support organisation.")})
    return provision(
        now=now,
        email=email,
        full_name=full_name,
        roles=chosen,
        job_title=job_title,
        phone=phone,
        language=language,
        time_zone=time_zone,
    )
