"""Make a reset link by hand, where there is no mail server or the mail did not arrive."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.errors import AccountDisabled, PasswordNotAllowed
from mespace.accounts.links import IssuedLink
from mespace.accounts.models import LinkKind
from mespace.accounts.organisation import may_have_password
from mespace.accounts.permissions import Permission


@transaction.atomic
def reset_link(*, actor: Actor, now: datetime, user_id: int) -> IssuedLink:
    """A one-time link for PASSWORD_RESET_TIMEOUT seconds; who made it is kept.

    Raises Refused, PersonNotFound, AccountDisabled, PasswordNotAllowed.
    """
    actor.require(Permission.ACCOUNTS_MANAGE)
    user = lock_person(actor=actor, user_id=user_id)
    if not user.is_active:
        raise AccountDisabled
    if not may_have_password(user):
        raise PasswordNotAllowed
    return links.issue(user=user, kind=LinkKind.RESET, created_by=actor.user_id, now=now)
