"""Middleware: pages speak the reader's chosen language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class ReaderLanguage:
    """The signed-in reader's language, else the cookie's, else Russian; what the browser asks for is not looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, made with the language active and named in Content-Language."""
        chosen = language_of(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response


def language_of(request: HttpRequest) -> str:
    """The code of the language to answer `request` in."""
    user = getattr(request, "user", None)
    wishes = [
        getattr(user, "language", "") if user is not None and user.is_authenticated else "",
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
    ]
    known = dict(settings.LANGUAGES)
    return next((wish for wish in wishes if wish in known), settings.LANGUAGE_CODE)
