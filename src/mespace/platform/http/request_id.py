"""Middleware: each request has an id, in the answer, in the log and on error pages."""

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

UNLOGGED = ("/healthz/", "/static/")  # nobody looks for these
log = structlog.get_logger("mespace.http")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestId:
    """Sets `request.request_id` (a proxy's X-Request-ID if it is sane) and logs one line per request.

    The line has the path without its query, so no search words and no tokens.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with X-Request-ID."""
        given = request.headers.get("X-Request-ID", "")
        name = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        request.request_id = name  # type: ignore[attr-defined]
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=name):
            response = self.get_response(request)
            response["X-Request-ID"] = name
            if not request.path.startswith(UNLOGGED):
                took = round((time.monotonic() - began) * 1000)
                log.info(
                    "request", method=request.method, path=request.path, status=response.status_code, milliseconds=took
                )
        return response
