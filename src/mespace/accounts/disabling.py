"""Taking a person's access away; tickets.operations.disable_person does it together with what they leave behind."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links, sessions
from mespace.accounts.actor import Actor
from mespace.accounts.administrators import lock_administrators, require_another
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User


@transaction.atomic
def disable_user(*, actor: Actor, now: datetime, user_id: int) -> User:
    """The person, who can no longer sign in and whose sessions are over at once; what they did stays theirs.

    Raises PersonNotFound, Refused, or LastAdministrator.
    """
    administrators = lock_administrators()
    user = lock_person(actor=actor, user_id=user_id)
    require_another(user.pk, administrators)
    user.is_active = False
    user.save(update_fields=["is_active"])
    links.revoke_all(user=user, now=now)
    sessions.end_all(user)
    return user
