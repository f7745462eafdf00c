"""Middleware: pages show instants in the reader's own time zone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from mespace.web.instants import MOSCOW, zone_named


class ReaderTimeZone:
    """Activates `request.user.time_zone` for the request; Moscow for strangers. Comes after authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, made with the zone active; nothing of it leaks into the next request."""
        user = getattr(request, "user", None)
        name = getattr(user, "time_zone", "") if user is not None and user.is_authenticated else ""
        with timezone.override(zone_named(name) if name else MOSCOW):
            return self.get_response(request)
