"""Create a named person's account and mail the invitation."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from mespace.accounts.actor import Actor
from mespace.customers.onboarding.handing_over import account_of, locked_person
from mespace.customers.onboarding.models import ContractPerson
from mespace.platform.jobs import Job, defer


@transaction.atomic
def mail_onboarding(*, actor: Actor, now: datetime, person_id: int) -> ContractPerson:
    """The person, whose invitation is queued; it counts as handed over when a mail server has taken it.

    Asked again, another link goes out and the former is dead.
    Raises Refused, RowNotFound, AlreadyHasPassword, AccountDisabled, ValidationError by field.
    """
    person = locked_person(actor=actor, person_id=person_id)
    user = account_of(person, now=now)
    key = sha256(user.email.encode()).hexdigest()[:16]
    defer(Job.SEND_PASSWORD_LINK, unique=f"password-link:{key}", email=user.email)
    return person
