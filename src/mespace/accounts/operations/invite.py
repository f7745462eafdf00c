"""Invite a person to set their first password."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.actor import Actor
from mespace.accounts.doors import lock_person
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword
from mespace.accounts.links import IssuedLink
from mespace.accounts.models import LinkKind


@transaction.atomic
def invite(*, actor: Actor, now: datetime, user_id: int) -> IssuedLink:
    """A one-time link for 7 days; an earlier one is dead.

    Raises PersonNotFound, Refused, AccountDisabled, or AlreadyHasPassword when the person has accepted one before.
    """
    user = lock_person(actor=actor, user_id=user_id)
    if not user.is_active:
        raise AccountDisabled
    if user.has_credentials:
        raise AlreadyHasPassword
    return links.issue(user=user, kind=LinkKind.INVITATION, created_by=actor.user_id, now=now)
