"""Middleware: what no page of ours can have sent is refused before anything reads it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from mespace.web.errors import error_page

FILES_AT_ONCE = 4  # of the largest size, in one request; the page itself sends one file a request


class Bounds:
    """Answers 400 to an address with a NUL in it, and 413 to a body that is too large, without reading it.

    Comes after authentication: a stranger has no files to send, and may not fill the disk with what is thrown away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, or the refusal."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return error_page(request, 400)
        if _body_bytes(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and _body_bytes(request) > _most(request):
            return error_page(request, 413)
        return self.get_response(request)


def _body_bytes(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdecimal() and len(declared) < 20 else 0  # noqa: PLR2004 - a 64-bit number's digits


def _most(request: HttpRequest) -> int:
    """The largest body that the person may send, in bytes."""
    form: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return form + FILES_AT_ONCE * settings.MAX_FILE_BYTES if request.user.is_authenticated else form
