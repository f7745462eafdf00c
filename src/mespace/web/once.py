"""Middleware: a form that is sent twice is done once, and answered twice.

Every form has its key from the moment it is drawn: `{% csrf_token %}` brings it along (templatetags/form_tokens.py).
"""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from mespace.platform import clock
from mespace.platform.forms import FORM_KEY
from mespace.platform.idempotency import KeyReused, Once, once
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

View = TypeVar("View", bound=Callable[..., Any])

LONGEST_ACT = 40
_NOT_CONTENT = {FORM_KEY, "csrfmiddlewaretoken"}
_REDIRECTS = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


def minds_its_own_key(view: View) -> View:
    """Mark a view that is not remembered here: its operation claims a key itself, or it takes passwords."""
    view.minds_its_own_key = True  # type: ignore[attr-defined]
    return view


def answer_again(request: HttpRequest, url: str, said: str) -> None:
    """Tell what a form gets that is sent again, when its first answer is no redirect (a link shown once, say)."""
    request.form_answer = {"url": url, "said": [[messages.INFO, said, ""]]}  # type: ignore[attr-defined]


class FormsOnce:
    """Claims a form's key before its view runs, in one transaction with all that the view writes.

    A form that was accepted (a redirect, or `answer_again`) is answered in the same way when it comes again; one that
    was refused (422) or only asked about (200) may be sent again with the same key. Every other answer writes nothing.
    Comes last, so that whoever may not enter claims nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ActorRequest) -> HttpResponseBase:
        """The response, after what was written is committed."""
        with ExitStack() as writing:
            request.form_writing = writing  # type: ignore[attr-defined]
            response = self.get_response(request)
            claim: Once | None = getattr(request, "form_claim", None)
            if claim is not None:
                _conclude(request, response, claim)
        return response

    def process_view(
        self, request: ActorRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run; a form that was done gets its answer again, one changed since gets 409."""
        del args, kwargs
        key = request.POST.get(FORM_KEY, "") if request.method == "POST" else ""
        if not key or not request.actor.is_person or _minds_its_own(view):
            return None
        request.form_writing.enter_context(transaction.atomic())  # type: ignore[attr-defined]
        try:
            claim = once(
                actor=request.actor.log_name, key=key, act=_act(request), content=_content(request), now=clock.now()
            )
        except KeyReused:
            return key_reused_page(request)
        if not claim.first:
            return _again(request, claim.answer)
        request.form_claim = claim  # type: ignore[attr-defined]
        return None


def _minds_its_own(view: Callable[..., Any]) -> bool:
    return getattr(view, "minds_its_own_key", False) or getattr(view, "__module__", "").startswith("allauth.")


def _act(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name if match else "")[:LONGEST_ACT]


def _content(request: HttpRequest) -> list[Any]:
    """What the form said: its address, fields and files, whatever their order."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in _NOT_CONTENT)
    files = sorted((name, [_digest(file) for file in found]) for name, found in request.FILES.lists())
    return [request.path, fields, files]


def _digest(file: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256((file.name or "").encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _conclude(request: HttpRequest, response: HttpResponseBase, claim: Once) -> None:
    answer: dict[str, Any] | None = getattr(request, "form_answer", None)
    if response.status_code in _REDIRECTS:
        claim.keep({"url": response["Location"], "said": _said(request)})
    elif answer is not None and response.status_code == HTTPStatus.OK:
        claim.keep(answer)
    elif response.status_code < HTTPStatus.BAD_REQUEST or response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        claim.forget()
    else:
        transaction.set_rollback(True)


def _said(request: HttpRequest) -> list[list[Any]]:
    """The messages that this request has added; they are shown by the page to which it leads."""
    storage: Any = messages.get_messages(request)
    queued = storage._queued_messages  # noqa: SLF001 - reading them in the open way takes them away
    return [[message.level, str(message.message), message.extra_tags or ""] for message in queued]


def _again(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    for level, text, tags in answer["said"]:
        messages.add_message(request, level, text, extra_tags=tags)
    return HttpResponseRedirect(answer["url"], status=HTTPStatus.SEE_OTHER)


def key_reused_page(request: HttpRequest) -> HttpResponse:
    """409: the form came before with other content, and which of both was meant nobody can know."""
    message = _("This form was sent before with other content. Open the page again and repeat the change.")
    return error_page(request, HTTPStatus.CONFLICT, message=message)
