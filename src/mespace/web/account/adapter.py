"""Where allauth asks what to do, and our answers."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import clear_authentication_records, get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.models import SignInKind, User
from mespace.accounts.organisation import linked_provider, may_have_password, providers_of
from mespace.web.account.organisation.records import METHOD, came_by_organisation, confirmed_lately
from mespace.web.account.organisation.refused import refused_page
from mespace.web.account.second_factor import REAL_FACTORS
from mespace.web.account.sign_in_log import note, person_with

# What to say instead of allauth's own messages; nothing where the page that follows says it all.
MESSAGES: dict[str, Promise | None] = {
    "account/messages/logged_in.txt": None,
    "account/messages/logged_out.txt": None,
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is no longer needed to sign in."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "New recovery codes are ready. Keep them in a safe place."
    ),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey was removed."),
    "usersessions/messages/sessions_logged_out.txt": gettext_lazy("All other sessions are signed out."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Sign-in by e-mail and password, without registration; each attempt is noted in the sign-in log."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is wrong."),
        "too_many_login_attempts": gettext_lazy("Too many failed attempts. Wait five minutes and try again."),
        "incorrect_password": gettext_lazy("The password is wrong."),
        "rate_limited": gettext_lazy("Too many attempts. Wait a few minutes and try again."),
        "incorrect_code": gettext_lazy("The code is wrong or has been used. Enter the one that is shown now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never: people are invited."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        # allauth's own key has the host name in it, so that each name of this site would give five more attempts.
        return str(credentials.get("email", "")).strip().lower()

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raise ValidationError when there were too many failures, and note it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(request, SignInKind.THROTTLED, person_with(credentials.get("email", "")))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password; a known and an unknown address cost the same."""
        was_right = getattr(request, "password_not_allowed", False)
        kind = SignInKind.NO_PASSWORD if was_right else SignInKind.WRONG_PASSWORD
        note(request, kind, person_with(credentials.get("email", "")))

    def pre_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse | None:
        """Turn away the disabled, and whoever comes by a passkey where the organisation lets nobody in but itself."""
        response: HttpResponse | None = super().pre_login(request, user, **hook)
        if response is None and not came_by_organisation(request, user) and not may_have_password(user):
            note(request, SignInKind.NO_PASSWORD, user)
            clear_authentication_records(request)
            return refused_page(request, "password_not_allowed", by=providers_of(user))
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Tell the disabled, who gave the right password, to whom to turn."""
        note(request, SignInKind.DISABLED, user)
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        """Go on, and note by which way the person came in."""
        note(request, _way_in(get_authentication_records(request, user)), user)
        response: HttpResponse = super().post_login(request, user, **hook)
        return response

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """allauth's, and the organisation's sign-in for whoever is linked with it."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and linked_provider(user) is not None:
            methods.append({"id": METHOD, "description": "", "url": reverse("organisation_confirm")})
        return methods

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """As allauth says; but who has neither password nor factor, whom it never asks, confirms as anybody else."""
        required: bool = super().is_reauthentication_required(app=app, **more)
        request = context.request
        if required and not get_reauthentication_flows(request.user) and not confirmed_lately(request, request.user):
            raise ReauthenticationRequired
        return required

    def logout(self, request: HttpRequest) -> None:
        """End the session, and note it."""
        if isinstance(request.user, User) or request.user.is_authenticated:
            note(request, SignInKind.SIGNED_OUT, request.user)
        super().logout(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether `password` is the person's; counted and noted like a sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our own words."""
        if message is None and message_template in MESSAGES:
            own = MESSAGES[message_template]
            if own is None:
                return
            message = str(own)
        super().add_message(request, level, message_template, message_context, extra_tags, message)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth has no types
    """Second factors and passkeys, bound to the host name of BASE_URL."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("The code is wrong or has been used. Enter the one that is shown now."),
        "cannot_delete_authenticator": gettext_lazy(
            "Staff need a second factor: set up another one before you remove the last."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Recovery codes come with a second factor: set one up first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of staff, where they need one."""
        if not settings.STAFF_MFA or authenticator.user.is_customer:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=REAL_FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        """A name to begin with; the person gives a better one."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey") if count == 0 else _("Passkey %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that passkeys are bound to. Browsers take no bare address: a trial by address has none."""
        host = urlsplit(settings.BASE_URL).hostname or "localhost"
        return {"id": "localhost" if _is_address(host) else host, "name": settings.MFA_TOTP_ISSUER}


def _way_in(records: list[dict[str, Any]]) -> SignInKind:
    """How somebody came in, by what was proved on the way; an attempt that was begun otherwise counts for nothing."""
    kind = SignInKind.PASSWORD
    for record in records:
        if record.get("method") == METHOD:
            kind = SignInKind.ORGANISATION
        elif record.get("method") == "password":
            kind = SignInKind.PASSWORD
        elif record.get("method") == "mfa" and record.get("passwordless"):
            kind = SignInKind.PASSKEY
        elif record.get("method") == "mfa":
            by_organisation = kind == SignInKind.ORGANISATION
            kind = SignInKind.ORGANISATION_2FA if by_organisation else SignInKind.SECOND_FACTOR
    return kind


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
