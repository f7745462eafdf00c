"""Undo the link with the organisation's own sign-in."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import sessions
from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.errors import NotLinked
from mespace.accounts.models import SignIn, SignInKind, User


@transaction.atomic
def unlink_organisation(*, actor: Actor, now: datetime, user_id: int) -> User:
    """The person, whose sessions are over; without a password they have to be invited again.

    The sign-in log says when, the row audit by whom, and with whom they were linked.
    Raises PersonNotFound, Refused, NotLinked.
    """
    user = lock_person(actor=actor, user_id=user_id)
    if user.oidc_linked_at is None:
        raise NotLinked
    user.oidc_issuer = user.oidc_subject = ""
    user.oidc_linked_at = None
    user.save(update_fields=["oidc_issuer", "oidc_subject", "oidc_linked_at"])
    sessions.end_all(user)
    SignIn.objects.create(at=now, kind=SignInKind.UNLINKED, user=user)
    return user
