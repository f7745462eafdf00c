"""Enable a disabled account again."""

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User


@transaction.atomic
def enable_user(*, actor: Actor, user_id: int) -> User:
    """The person, who can sign in as before. Raises PersonNotFound or Refused."""
    user = lock_person(actor=actor, user_id=user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user
