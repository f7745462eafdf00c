"""Change what a person is to the product."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.administrators import lock_administrators, require_another
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User
from mespace.accounts.permissions import CUSTOMER_ROLES, STAFF_ROLES, Permission, Role
from mespace.accounts.responsible import LastResponsible, require_another_responsible


@transaction.atomic
def change_roles(*, actor: Actor, user_id: int, roles: Iterable[Role]) -> User:
    """The person with exactly `roles`, in force from their next request.

    Staff stay staff and customers' people stay customers' people. Nobody becomes a responsible employee by this: a
    contract names them (customers.change_person, clause 3.1).
    Raises PersonNotFound, Refused, LastAdministrator, or ValidationError.
    """
    if not (actor.can(Permission.ACCOUNTS_MANAGE) or actor.can(Permission.CUSTOMERS_MANAGE)):
        raise Refused(Permission.ACCOUNTS_MANAGE)
    administrators = lock_administrators()
    user = lock_person(actor=actor, user_id=user_id)
    chosen = frozenset(Role(role) for role in roles)
    if user.is_customer:
        if len(chosen) != 1 or not chosen <= CUSTOMER_ROLES:
            raise ValidationError({"roles": _("A customer's person is either a user or a responsible employee.")})
        if Role.RESPONSIBLE not in user.roles and Role.RESPONSIBLE in chosen:
            raise ValidationError({"roles": _("A contract names responsible employees: managers do it.")})
        if Role.RESPONSIBLE not in chosen:
            _require_another_responsible(user)
    elif not chosen or not chosen <= STAFF_ROLES:
        raise ValidationError({"roles": _("Choose at least one role of the support organisation.")})
    if Role.ADMINISTRATOR not in chosen:
        require_another(user.pk, administrators)
    user.roles = sorted(chosen)
    user.save(update_fields=["roles"])
    return user


def _require_another_responsible(user: User) -> None:
    try:
        require_another_responsible(user)
    except LastResponsible:
        text = _("The customer has no other responsible employee: make one responsible first.")
        raise ValidationError({"roles": text}) from None
