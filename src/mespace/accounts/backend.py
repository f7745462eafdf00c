"""Who a session belongs to, asked on every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from mespace.accounts.models import User
from mespace.accounts.organisation import may_have_password
from mespace.accounts.read_along import with_everything_along
from mespace.platform.prepared import Given, Prepared

_USER = Prepared(lambda: with_everything_along(User.objects.filter(pk=Given("pk"))))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signing in is allauth's; reading the person again is one prepared statement."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The person whose password it is, if their organisation lets passwords in at all.

        Refused after the password was checked: the answer and its time are those of a wrong one.
        """
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not may_have_password(user):
            if request is not None:
                request.password_not_allowed = True  # type: ignore[attr-defined] # for the sign-in log
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        """The person, unless disabled."""
        user = _USER.first(pk=int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
