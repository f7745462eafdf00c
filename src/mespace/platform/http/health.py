"""Middleware: `/healthz/` says whether this process can serve, `/healthz/files/` whether files can be kept."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mespace.platform.files import can_store

PATH, FILES_PATH = "/healthz/", "/healthz/files/"


class Health:
    """Answers before sessions, host names and sign-in are looked at: a load balancer has none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """`ok` with 200 when the database answers, otherwise 503 with Retry-After."""
        if request.path == FILES_PATH:
            return _ok() if can_store() else _unavailable("files cannot be kept")
        if request.path != PATH:
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        except Error:
            return _unavailable("the database does not answer")
        return _ok()


def _ok() -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def _unavailable(why: str) -> HttpResponse:
    return HttpResponse(f"{why}\n", status=503, content_type="text/plain", headers={"Retry-After": "5"})
