"""Middleware: the status page answers before sessions and sign-in are looked at, so it needs no database to answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from mespace.web.status.page import FILES, status_page


class StatusFirst:
    """Lets the status page answer, for whatever host name it is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response."""
        return status_page(request) if request.path in FILES else self.get_response(request)
