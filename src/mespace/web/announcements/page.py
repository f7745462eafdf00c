"""How every page about announcements is drawn and every form answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mespace.accounts.permissions import Permission
from mespace.web.drafts import accepted
from mespace.web.manage.menu import menu
from mespace.web.manage.page import add_errors, see
from mespace.web.middleware import ActorRequest

SECTION = "announcements:list"


@dataclass(frozen=True)
class Sheet:
    """What stands around a form; `warning` is asked about before anything is written."""

    heading: str
    submit: str
    back_url: str
    back_label: str
    lead: str = ""
    warning: Callable[[dict[str, Any]], str] | None = None


def draw(request: ActorRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """The page `web/announcements/TEMPLATE.html`, with the sections of those who have them."""
    shared: dict[str, Any] = {"may_manage": request.actor.can(Permission.ANNOUNCEMENTS_MANAGE)}
    if request.actor.can(Permission.CUSTOMERS_READ):
        shared["nav"] = menu(request, SECTION)
    return render(request, f"web/announcements/{template}.html", {**shared, **context}, status=status)


def fill(
    request: ActorRequest, form: forms.Form, sheet: Sheet, save: Callable[[dict[str, Any]], tuple[str, str]]
) -> HttpResponse:
    """The form, or what came of it: `save` gets the cleaned data and returns where to go and what to say.

    422 with the errors beside their fields and all that was typed; 200 while a warning is not confirmed; 303 on
    success.
    """
    warning = ""
    if request.method == "POST" and form.is_valid():
        warning = sheet.warning(form.cleaned_data) if sheet.warning else ""
        if not warning or request.POST.get("confirmed") == "1":
            try:
                url, said = save(form.cleaned_data)
            except ValidationError as refusal:
                add_errors(form, refusal)
                warning = ""
            else:
                accepted(request, request.path, said)
                return see(url)
    context = {"form": form, "sheet": sheet, "warning": warning, "preview_url": reverse("markdown_preview")}
    return draw(request, "form", context, status=422 if form.errors else 200)
