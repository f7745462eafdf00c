"""Mail an invitation."""

from hashlib import sha256

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.platform.jobs import Job, defer


@transaction.atomic
def mail_invitation(*, actor: Actor, user_id: int) -> None:
    """Queue the mail; its link is made when it goes out, so that no token is ever stored.

    Raises PersonNotFound, Refused, AccountDisabled, or AlreadyHasPassword.
    """
    user = lock_person(actor=actor, user_id=user_id)
    if not user.is_active:
        raise AccountDisabled
    if user.has_credentials:
        raise AlreadyHasPassword
    key = sha256(user.email.encode()).hexdigest()[:16]
    defer(Job.SEND_PASSWORD_LINK, unique=f"password-link:{key}", email=user.email)
