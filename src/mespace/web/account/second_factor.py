"""What follows when a second factor is set up, taken away or mistyped."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from mespace.accounts.models import SignInKind, User
from mespace.web.account.sign_in_log import note

SECOND_FACTOR_KEY = "second_factor_passed"  # in the session, when one was set up or taken away during it
REAL_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def connect() -> None:
    """Listen to allauth; called once, when the applications are ready."""
    signals.authenticator_added.connect(_added, dispatch_uid="mespace-second-factor")
    signals.authenticator_removed.connect(_removed, dispatch_uid="mespace-second-factor")
    signals.authentication_failed.connect(_failed, dispatch_uid="mespace-second-factor")


def has_second_factor(user: User) -> bool:
    """Whether the person has an authenticator app or a passkey (recovery codes alone are none)."""
    return bool(Authenticator.objects.filter(user=user, type__in=REAL_FACTORS).exists())


def _added(*, request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type in REAL_FACTORS:
        request.session[SECOND_FACTOR_KEY] = True


def _removed(*, request: HttpRequest, user: User, **_: Any) -> None:
    if not has_second_factor(user):
        request.session[SECOND_FACTOR_KEY] = False


def _failed(*, request: HttpRequest, user: User, **_: Any) -> None:
    note(request, SignInKind.WRONG_CODE, user)
