"""Names the person behind a request's changes to the row audit."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware


class AuditContext(HistoryMiddleware):
    """Middleware: changes made while a form or an API call is answered are signed with its person's id.

    The id alone: an address may hold a one-time token.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """What is stored beside each change."""
        user = getattr(request, "user", None)
        return {"user": user.pk if user is not None and user.is_authenticated else None}
