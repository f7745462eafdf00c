"""The public status page: drawn at most every ten seconds, and shown from its copy while the database is away."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from mespace.platform import clock
from mespace.web.gate import public
from mespace.web.status.copies import STYLE, read_copy, write_copy
from mespace.web.status.drawing import Drawn, draw_status
from mespace.web.status.words import span_of

log = structlog.get_logger("mespace.status")
FRESH = timedelta(seconds=10)
TRY_AGAIN = timedelta(seconds=15)
MARK = "<!--copy-->"
TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "css": "text/css; charset=utf-8",
}
FILES: Mapping[str, str] = {
    "/status/": "",
    "/status/ru.html": "ru.html",
    "/status/en.html": "en.html",
    "/status/status.json": "status.json",
    "/status/status.css": "status.css",
}


@dataclass
class _Kept:
    """What this process drew last, and when it failed to."""

    drawn: Drawn | None = None
    failed_at: datetime | None = None
    drawing: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def forget() -> None:
    """Draw anew at the next request."""
    _kept.drawn, _kept.failed_at = None, None


@public
def status_page(request: HttpRequest) -> HttpResponse:
    """The page, its JSON or its style; 503 only while nothing was ever drawn and the database is away."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    name = FILES[request.path] or f"{_language(request)}.html"
    if name == "status.css":
        return _answer(STYLE.read_text("utf-8"), name)
    now = clock.now()
    drawn = _kept.drawn
    if drawn is None or not timedelta() <= now - drawn.at < FRESH:
        drawn = _drawn_anew(now) or drawn
    if drawn is not None and timedelta() <= now - drawn.at < FRESH + TRY_AGAIN and _kept.failed_at is None:
        return _answer(drawn.files[name], name)
    copy = read_copy(name)
    if copy is None and drawn is None:
        return _nothing()
    text, at = copy if copy is not None else (drawn.files[name], drawn.at)  # type: ignore[union-attr] # one of both is there
    return _answer(text.replace(MARK, copy_words(name, now=now, at=at)), name)


def _drawn_anew(now: datetime) -> Drawn | None:
    """What the database says now, drawn by one request at a time; None when it does not answer, or another draws."""
    failed = _kept.failed_at
    if failed is not None and timedelta() <= now - failed < TRY_AGAIN:
        return None
    if not _kept.drawing.acquire(blocking=_kept.drawn is None):
        return None
    try:
        _kept.drawn = draw_status(now=now)
    except Error as error:
        _kept.failed_at = now
        log.warning("status page from its copy", error=type(error).__name__)
        return None
    finally:
        _kept.drawing.release()
    _kept.failed_at = None
    try:
        write_copy(_kept.drawn)
    except OSError as error:
        log.warning("copy of the status page not written", error=type(error).__name__)
    return _kept.drawn


def copy_words(name: str, *, now: datetime, at: datetime) -> str:
    """What a copy says of itself, with its age."""
    if not name.endswith(".html"):
        return ""
    with override("en" if name == "en.html" else "ru"):
        age = span_of(max(0, int((now - at).total_seconds())))
        words = _("The database does not answer at the moment. This is a copy, %(age)s old.") % {"age": age}
    return f'<p class="copy" role="status">{escape(words)}</p>'


def _language(request: HttpRequest) -> str:
    """By the reader's choice, else by their browser, else Russian; no session is looked at."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in {"ru", "en"}:
        return chosen
    wished = request.headers.get("Accept-Language", "").lower()
    places = {code: place for code in ("ru", "en") if (place := wished.find(code)) >= 0}
    return min(places, key=lambda code: places[code], default="ru")


def _answer(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = "public, max-age=10"
    if not name.endswith(".css"):
        response["Vary"] = "Accept-Language, Cookie"
    return response


def _nothing() -> HttpResponse:
    words = "The database does not answer, and there is no copy yet.\n"
    headers = {"Retry-After": "5"}
    return HttpResponse(words, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers, content_type="text/plain")
