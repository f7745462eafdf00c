"""One-time links by which a person sets a password; shared by the operations that make or use one."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models

from mespace.accounts.errors import LinkNotValid, PasswordNotAllowed
from mespace.accounts.models import LinkKind, PasswordLink, User
from mespace.accounts.organisation import may_have_password

INVITATION_TERM = timedelta(days=7)


@dataclass(frozen=True)
class IssuedLink:
    """A link just made: the only moment at which its token is known."""

    kind: LinkKind
    token: str
    expires_at: datetime


def issue(*, user: User, kind: LinkKind, created_by: int | None, now: datetime) -> IssuedLink:
    """A new link for `user`; the former open one of the same kind is dead from now on."""
    token = secrets.token_urlsafe(32)
    term = INVITATION_TERM if kind == LinkKind.INVITATION else timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    _open(user, kind).update(revoked_at=now)
    PasswordLink.objects.create(
        user=user, kind=kind, token_hash=_hash(token), created_at=now, created_by_id=created_by, expires_at=now + term
    )
    return IssuedLink(kind, token, now + term)


def look_up(*, token: str, now: datetime) -> PasswordLink:
    """The open link with its person, to show whose password will be set. Raises LinkNotValid."""
    link = PasswordLink.objects.select_related("user").filter(token_hash=_hash(token)).first()
    if link is None or not _is_open(link, now):
        raise LinkNotValid
    return link


def redeem(*, token: str, kind: LinkKind, password: str, now: datetime) -> User:
    """The person, whose password is now `password` and whose open links and sessions are gone.

    Runs inside the caller's transaction.
    Raises LinkNotValid, PasswordNotAllowed, or ValidationError under `password` for a weak one.
    """
    link = _locked(PasswordLink.objects.filter(token_hash=_hash(token), kind=kind).first(), now)
    set_password(user=link.user, password=password, now=now)
    use(link, now=now)
    return link.user


def lock_invitation(*, link_id: int, now: datetime) -> PasswordLink:
    """The open invitation with its person, both locked. Raises LinkNotValid."""
    return _locked(PasswordLink.objects.filter(pk=link_id, kind=LinkKind.INVITATION).first(), now)


def use(link: PasswordLink, *, now: datetime) -> None:
    """The link has done its work."""
    PasswordLink.objects.filter(pk=link.pk).update(used_at=now, revoked_at=None)


def _locked(link: PasswordLink | None, now: datetime) -> PasswordLink:
    if link is None:
        raise LinkNotValid
    user = User.objects.select_for_update().get(pk=link.user_id)
    link.refresh_from_db()  # under the lock: of two who use the link at once, one comes too late
    link.user = user
    if not _is_open(link, now):
        raise LinkNotValid
    return link


def set_password(*, user: User, password: str, now: datetime) -> None:
    """Check and store the password; Django ends all sessions by it, and no open link survives.

    Raises PasswordNotAllowed, or ValidationError under `password`.
    """
    if not may_have_password(user):
        raise PasswordNotAllowed
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise ValidationError({"password": refusal.messages}) from None
    user.set_password(password)
    user.save(update_fields=["password"])
    revoke_all(user=user, now=now)


def revoke_all(*, user: User, now: datetime) -> None:
    """No link made for the person before works any more."""
    PasswordLink.objects.filter(user=user, used_at=None, revoked_at=None).update(revoked_at=now)


def _open(user: User, kind: LinkKind) -> models.QuerySet[PasswordLink]:
    return PasswordLink.objects.filter(user=user, kind=kind, used_at=None, revoked_at=None)


def _is_open(link: PasswordLink, now: datetime) -> bool:
    return link.used_at is None and link.revoked_at is None and now < link.expires_at and link.user.is_active


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
