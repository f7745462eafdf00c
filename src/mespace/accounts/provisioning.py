"""How an account comes to be; shared by the operations that create one, inside their transaction."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.accounts.permissions import Role


def provision(
    *,
    now: datetime,
    email: str,
    full_name: str,
    roles: Iterable[Role],
    job_title: str = "",
    phone: str = "",
    language: str = "ru",
    time_zone: str = "Europe/Moscow",
) -> User:
    """A new account without a password, its address counted as verified because staff vouch for it.

    Raises ValidationError by field; an address that is taken in any spelling of its letters is one.
    """
    address = email.strip().lower()
    user = User(
        email=address,
        full_name=" ".join(full_name.split()),
        roles=sorted({Role(role) for role in roles}),
        job_title=job_title.strip(),
        phone=phone.strip(),
        language=language,
        time_zone=time_zone,
        created_at=now,
    )
    user.set_unusable_password()
    if User.objects.filter(email__iexact=address).exists():
        raise ValidationError({"email": _taken()})
    user.full_clean(exclude=["password", "oidc_issuer", "oidc_subject", "oidc_linked_at"])  # none is there yet
    try:
        with transaction.atomic():
            user.save()
            EmailAddress.objects.create(user=user, email=address, primary=True, verified=True)
    except IntegrityError:  # somebody created it between our look and our write
        raise ValidationError({"email": _taken()}) from None
    return user


def _taken() -> str:
    return _("An account with this e-mail address cannot be created: the address is in use.")
