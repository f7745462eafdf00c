"""Sessions in the database; one that cannot be saved for want of it is the database's failure, not the person's."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import InterfaceError, OperationalError


class SessionStore(DatabaseSessions):
    """Django's own store, which takes a lost database for a session that somebody ended and would answer 400."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Save; raises OperationalError or InterfaceError while the database cannot answer: that is a 503."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise
