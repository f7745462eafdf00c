"""Take away a second factor whose owner has lost the phone and the recovery codes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from mespace.accounts import sessions
from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission


@transaction.atomic
def reset_second_factor(*, actor: Actor, user_id: int) -> User:
    """The person, who signs in with the password alone and, being staff, must set up a new factor at once.

    Raises Refused or PersonNotFound.
    """
    actor.require(Permission.ACCOUNTS_MANAGE)
    user = lock_person(actor=actor, user_id=user_id)
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(user)
    return user
