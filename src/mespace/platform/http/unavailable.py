"""Middleware: while the database cannot answer, people and programs are told to come back, not shown an error."""

import json
from collections.abc import Callable

import structlog
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader

log = structlog.get_logger("mespace.http")
RETRY_AFTER = 5  # seconds


@receiver(got_request_exception)
def _notice(*, request: HttpRequest | None = None, **_: object) -> None:
    """Mark a request that failed for want of the database, wherever in the middlewares it did."""
    import sys

    kind = sys.exc_info()[0]
    if request is not None and kind is not None and issubclass(kind, OperationalError | InterfaceError):
        request.database_unavailable = kind.__name__  # type: ignore[attr-defined]


class Unavailable:
    """Answers 503 with Retry-After where the database was down, restarting, read-only, or too busy for a lock.

    Nothing was committed by such a request, or its answer was lost: the same form may be sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, or the 503 page (JSON for programs) in its place."""
        response = self.get_response(request)
        if kind := getattr(request, "database_unavailable", None):
            log.warning("database unavailable", error=kind)
            return unavailable(request)
        return response


def unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 answer, made without touching the database."""
    error = getattr(request, "request_id", "")
    if "text/html" in request.headers.get("Accept", "text/html"):
        text = loader.render_to_string("503.html", {"error_id": error, "retry_after": RETRY_AFTER})
        response = HttpResponse(text, status=503)
    else:
        body = {"title": "The service is temporarily unavailable", "status": 503, "error_id": error}
        response = HttpResponse(json.dumps(body), status=503, content_type="application/problem+json")
    response["Retry-After"] = str(RETRY_AFTER)
    return response
