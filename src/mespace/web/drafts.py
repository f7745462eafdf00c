"""How a page tells the browser that a form was accepted, so that its draft goes."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise


def accepted(request: HttpRequest, key: str, text: str | Promise) -> None:
    """Add the success message whose showing clears the draft of the form marked `data-draft="key"`."""
    messages.success(request, text, extra_tags=f"draft:{key}")
