"""Accept an invitation by setting the first password."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.models import LinkKind, User
from mespace.platform.jobs import Job, defer


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """The person, who can sign in from now on.

    Raises LinkNotValid, PasswordNotAllowed, or ValidationError under `password`.
    """
    user = links.redeem(token=token, kind=LinkKind.INVITATION, password=password, now=now)
    defer(Job.CREDENTIALS_GIVEN, user_id=user.pk, at=now.isoformat(), how="accepted")
    return user
