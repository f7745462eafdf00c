"""Pages for what went wrong: what happened and what to do, drawn without database, session or signed-in user."""

import json
import logging
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.platform.http.request_id import loggable

log = logging.getLogger(__name__)

SECRET_WORDS = ("csrf", "password", "passwd", "secret", "token", "code", "otp", "key", "recovery")
LONGEST_KEPT = 200_000
HTTP_SERVER_ERROR = 500
TOO_OLD = _("The page is too old to be sent safely. Reload it; your text is kept in this browser.")


class Words(NamedTuple):
    """What an error page says."""

    icon: str
    title: Promise
    text: Promise


WORDS: dict[int, Words] = {
    400: Words(
        "alert-circle",
        _("The request could not be understood"),
        _("Something in the address or in the form is not as expected. Go back, reload the page and try again."),
    ),
    403: Words(
        "lock",
        _("You may not do this"),
        _(
            "Your account lacks the right for it. If you need it for your work, ask the responsible employee "
            "of your company or support."
        ),
    ),
    404: Words(
        "search",
        _("There is no such page"),
        _("The address may be mistyped, or the page may not be open to you. Check the key of the ticket."),
    ),
    409: Words(
        "arrows-exchange",
        _("It has changed in the meantime"),
        _(
            "Somebody else was faster, or this step is no longer possible. Open the page again to see its "
            "present state."
        ),
    ),
    413: Words(
        "upload",
        _("The file is too large"),
        _(
            "The server takes smaller files only. Compress it, split it or attach an extract. What you typed "
            "is kept in this browser."
        ),
    ),
    429: Words(
        "hourglass", _("Too many attempts"), _("For safety the server waits a little. Try again in a few minutes.")
    ),
    500: Words(
        "tool",
        _("Something broke on our side"),
        _(
            "The error is recorded. Nothing that was confirmed to you is lost. Try again; if it happens again, "
            "name the number below to support."
        ),
    ),
    503: Words(
        "server",
        _("The service is not available for the moment"),
        _("Try again in a minute. What you typed is kept in this browser."),
    ),
}


def error_page(
    request: HttpRequest,
    status: int,
    *,
    message: str | Promise = "",
    moves: Sequence[str | Promise] = (),
    retry_after: int | None = None,
    error_id: str = "",
) -> HttpResponse:
    """The page for `status`; `message` replaces its text, `moves` names what is allowed (409).

    `retry_after` is in seconds.

    To an htmx request it answers with a toast and swaps nothing, so that a row never turns into a page.
    """
    words = WORDS.get(status, WORDS[500 if status >= HTTP_SERVER_ERROR else 400])
    error_id = error_id or getattr(request, "request_id", "")
    text = str(message or words.text)
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=status)
        response["HX-Reswap"] = "none"
        said = f"{text} ({error_id})" if error_id else text
        response["HX-Trigger"] = json.dumps({"toast": {"title": str(words.title), "text": said, "tone": "bad"}})
    else:
        context = {
            "status": status,
            "icon": words.icon,
            "heading": words.title,
            "text": text,
            "moves": moves,
            "error_id": error_id,
            "retry_after": retry_after,
            "path": request.path,
        }
        response = HttpResponse(loader.render_to_string("web/errors/error.html", context), status=status)
    response["Cache-Control"] = "no-store"
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Django's handler400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler403: says why, when the refusal carries a sentence."""
    return error_page(request, 403, message=str(exception) if exception and exception.args else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - never tell what was sought
    """Django's handler404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: gives the error a number that stands in the log, too."""
    error_id = getattr(request, "request_id", "") or uuid.uuid4().hex[:12]
    log.error("server error %s at %s %s", error_id, request.method, loggable(request.path))
    return error_page(request, 500, error_id=error_id)


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person typed into a refused form: nothing that looks like a secret, LONGEST_KEPT characters at most."""
    kept, room = [], LONGEST_KEPT
    try:
        posted = list(request.POST.lists())
    except Exception:  # noqa: BLE001 - a body that cannot be read has nothing to give back
        return []
    for name, values in posted:
        if any(word in name.lower() for word in SECRET_WORDS):
            continue
        for value in values:
            if value.strip() and room > 0:
                kept.append((name, value[:room]))
                room -= len(value)
    return kept


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose protection expired (CSRF_FAILURE_VIEW): gives back what was typed, to be copied.

    The text is shown, never sent again from here: a foreign site could otherwise have it sent in the person's name.
    """
    log.warning("csrf refusal: %s at %s", reason, loggable(request.path))
    if request.headers.get("HX-Request") == "true":
        return error_page(
            request,
            403,
            message=TOO_OLD,
        )
    get_token(request)
    response = HttpResponse(
        loader.render_to_string("web/errors/csrf.html", {"typed": typed_text(request), "path": request.path}),
        status=403,
    )
    response["Cache-Control"] = "no-store"
    return response
