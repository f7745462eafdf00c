"""How the forms about duty are drawn and answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from mespace.web.drafts import accepted
from mespace.web.manage.page import add_errors, see
from mespace.web.middleware import ActorRequest
from mespace.web.staff_page import draw_staff

SECTION = "duty:roster"


@dataclass(frozen=True)
class Form:
    """What stands around a form."""

    heading: str
    lead: str
    submit: str
    back_url: str
    back_label: str


def fill(
    request: ActorRequest, form: forms.Form, texts: Form, save: Callable[[dict[str, Any]], tuple[str, str]]
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
    return draw_staff(request, "duty/form", {"form": form, "texts": texts}, section=SECTION, status=status)
