"""Change one's own password (whoever calls has checked the present one)."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.actor import Actor
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User


@transaction.atomic
def change_password(*, actor: Actor, now: datetime, password: str) -> User:
    """The person, whose sessions and open links are void.

    Raises PersonNotFound, PasswordNotAllowed, or ValidationError under `password`.
    """
    user = User.objects.select_for_update().filter(pk=actor.user_id or 0, is_active=True).first()
    if user is None:
        raise PersonNotFound
    links.set_password(user=user, password=password, now=now)
    return user
