"""How a page tells the browser that a form was accepted, so that its draft goes."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def accepted(request: HttpRequest, key: str, text: "_StrPromise | str") -> None:
    """Add the success message whose showing clears the draft of the form marked `data-draft="key"`."""
    messages.success(request, text, extra_tags=f"draft:{key}")
