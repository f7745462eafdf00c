"""How every managers' page is drawn and every form answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.platform.rows import InUse
from mespace.web.drafts import accepted
from mespace.web.manage.menu import menu
from mespace.web.manage.uses import in_use_words
from mespace.web.middleware import ActorRequest

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict


def draw(
    request: ActorRequest, template: str, context: Mapping[str, Any], *, section: str, status: int = 200
) -> HttpResponse:
    """The page `web/manage/TEMPLATE.html` with the navigation and what the reader may change."""
    shared = {
        "nav": menu(request, section),
        "may_change_customers": request.actor.can(Permission.CUSTOMERS_MANAGE),
        "may_change_products": request.actor.can(Permission.PRODUCTS_MANAGE),
        "may_confirm_errors": request.actor.can(Permission.KNOWN_ERRORS_CONFIRM),
    }
    return render(request, f"web/manage/{template}.html", shared | dict(context), status=status)


def see(url: str) -> HttpResponse:
    """303: the change is made, look at `url`."""
    return HttpResponseRedirect(url, status=303)


def posted(request: ActorRequest) -> QueryDict | None:
    """What a form is bound to: nothing until it is sent, and then also when it comes back empty."""
    return request.POST if request.method == "POST" else None


def asked(request: ActorRequest, name: str, *, longest: int = 100) -> str:
    """What the address asks for by `name`, cut, and without the null characters that no database takes."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:longest]


def sent_files(request: ActorRequest) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    """The files that a form is bound to."""
    return request.FILES if request.method == "POST" else None


@dataclass(frozen=True)
class Sheet:
    """What stands around a form."""

    section: str
    heading: str
    back_url: str
    back_label: str
    lead: str = ""
    submit: str = ""
    note: str = ""  # a warning above the fields
    preview_url: str = ""
    links: Sequence[tuple[str, str]] = ()  # what helps to fill it in: address and words
    is_new: bool = False  # a new row's form keeps a draft in the browser


def fill(
    request: ActorRequest, form: forms.BaseForm, sheet: Sheet, save: Callable[[dict[str, Any]], tuple[str, str]]
) -> HttpResponse:
    """The form, or what came of it: `save` gets the cleaned data and returns where to go and what to say.

    422 with the errors beside their fields and all that was typed; 303 on success.
    """
    if request.method == "POST" and form.is_valid():
        try:
            url, said = save(form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            accepted(request, request.path, said)
            return see(url)
    status = 422 if form.errors else 200
    return draw(request, "form", {"form": form, "sheet": sheet}, section=sheet.section, status=status)


def add_errors(form: forms.BaseForm, refusal: ValidationError) -> None:
    """Put an operation's complaints beside the fields that they are about, the rest above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, complaints in refusal.message_dict.items():
        form.add_error(field if field in form.fields else None, complaints)


@dataclass(frozen=True)
class Question:
    """What is asked before a row is deleted, and where to go."""

    title: str
    text: str
    done: str
    done_url: str
    back_url: str
    label: str = ""
    instead: str = ""  # what to do when the row is in use


def remove(request: ActorRequest, question: Question, act: Callable[[], object]) -> HttpResponse:
    """Ask unless the browser has asked already, then `act`; a row in use stays, and the page says who uses it."""
    label = question.label or _("Delete")
    if request.POST.get("confirmed") != "1":
        confirm = {
            "title": question.title,
            "text": question.text,
            "label": label,
            "danger": True,
            "cancel_url": question.back_url,
            "hidden": [],
        }
        return render(request, "web/confirm.html", {"confirm": confirm})
    try:
        act()
    except InUse as refusal:
        messages.error(request, f"{in_use_words(refusal)} {question.instead}".strip())
        return see(question.back_url)
    messages.success(request, question.done)
    return see(question.done_url)
