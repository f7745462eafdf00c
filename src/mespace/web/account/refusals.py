"""How a page answers what an operation refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from mespace.accounts.actor import Refused
from mespace.accounts.errors import PersonNotFound


def refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, where an invisible person is 404 and a missing right 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PersonNotFound:
            raise Http404 from None
        except Refused:
            raise PermissionDenied from None

    return guarded


def add_errors(form: forms.Form, refusal: ValidationError) -> None:
    """Put an operation's complaints beside the fields that they are about."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, messages in refusal.message_dict.items():
        form.add_error(field if field in form.fields else None, messages)
