"""Middleware: `/healthz/` says whether this process can serve."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase

PATH = "/healthz/"


class Health:
    """Answers before sessions, host names and sign-in are looked at: a load balancer has none of them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """`ok` with 200 when the database answers, otherwise 503 with Retry-After."""
        if request.path != PATH:
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("select 1")
        except Error:
            return HttpResponse("the database does not answer\n", status=503, headers={"Retry-After": "5"})
        return HttpResponse("ok\n", content_type="text/plain")
