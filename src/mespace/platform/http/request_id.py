"""Middleware: each request has an id, in the answer, in the log and on error pages."""

import logging
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import quote

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

UNLOGGED = ("/healthz/", "/static/")  # nobody looks for these
log = structlog.get_logger("mespace.http")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def loggable(path: str) -> str:
    """The path as a log may hold it: no one-time token (settings.SECRET_PATHS), nothing that a terminal would obey."""
    for start in settings.SECRET_PATHS:
        if path.startswith(start):
            return f"{start}…"
    return quote(path, safe="/:@!$&'()*+,;=~-._")


def _loggable_argument(argument: object) -> object:
    return loggable(argument) if isinstance(argument, str) and argument.startswith("/") else argument


class NoSecretPaths(logging.Filter):
    """Django's own lines name paths, too: they get the same care."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record's paths are loggable afterwards."""
        if isinstance(record.args, tuple):
            record.args = tuple(
                loggable(arg) if isinstance(arg, str) and arg[:1] == "/" else arg for arg in record.args
            )
        return True


class RequestId:
    """Sets `request.request_id` (a proxy's X-Request-ID if it is sane) and logs one line per request.

    The line has the path without its query and without one-time tokens, so no search words and no secrets.
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
                    "request",
                    method=request.method,
                    path=loggable(request.path),
                    status=response.status_code,
                    milliseconds=took,
                )
        return response
