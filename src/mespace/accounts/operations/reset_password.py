"""Set a new password by a one-time link."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.models import LinkKind, User


@transaction.atomic
def reset_password(*, token: str, password: str, now: datetime) -> User:
    """The person; all their sessions are over.

    Raises LinkNotValid, PasswordNotAllowed, or ValidationError under `password`.
    """
    return links.redeem(token=token, kind=LinkKind.RESET, password=password, now=now)
