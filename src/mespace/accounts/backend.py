"""Who a session belongs to, asked on every request."""

from allauth.account.auth_backends import AuthenticationBackend

from mespace.accounts.models import User
from mespace.accounts.read_along import with_everything_along
from mespace.platform.prepared import Given, Prepared

_USER = Prepared(lambda: with_everything_along(User.objects.filter(pk=Given("pk"))))


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signing in is allauth's; reading the person again is one prepared statement."""

    def get_user(self, user_id: int) -> User | None:
        """The person, unless disabled."""
        user = _USER.first(pk=int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
