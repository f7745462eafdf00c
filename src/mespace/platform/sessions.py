"""Sessions in the database; one that cannot be saved for want of it is the database's failure, not the person's."""

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from django.db.models.functions import Now

from mespace.platform.prepared import Given, Prepared

_ALIVE = Prepared(
    lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Now()).values_list(
        "session_data", flat=True
    )
)


class SessionStore(DatabaseSessions):
    """Django's own store, which takes a lost database for a session that somebody ended and would answer 400."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key any more, for one that has ended."""
        held = _ALIVE.first(key=self.session_key)
        if held is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(held)
        return found

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Save; raises OperationalError or InterfaceError while the database cannot answer: that is a 503."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
