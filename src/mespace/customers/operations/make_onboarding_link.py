"""Create a named person's account and make the invitation link, to be handed over in person."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.actor import Actor
from mespace.accounts.links import IssuedLink
from mespace.accounts.models import LinkKind
from mespace.customers.onboarding.handing_over import account_of, locked_person


@transaction.atomic
def make_onboarding_link(*, actor: Actor, now: datetime, person_id: int) -> IssuedLink:
    """A one-time link for 7 days; an earlier one is dead. It is handed over when `record_handing_over` says so.

    Raises Refused, RowNotFound, AlreadyHasPassword, AccountDisabled, ValidationError by field.
    """
    person = locked_person(actor=actor, person_id=person_id)
    user = account_of(person, now=now)
    return links.issue(user=user, kind=LinkKind.INVITATION, created_by=actor.user_id, now=now)
