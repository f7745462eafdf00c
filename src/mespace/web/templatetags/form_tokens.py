"""What every form carries: the protection against foreign sites and its own idempotency key. Loaded into all templates.

No form works without `{% csrf_token %}`, so none can be without a key.
"""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mespace.platform.forms import FORM_KEY, new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: dict[str, Any]) -> SafeString:
    """Django's hidden input, and beside it a fresh key: sent twice, the form is done once (web/once.py).

    All forms of a page carry the same token. Strangers' forms sign in and no more: they have no key.
    """
    request = context["request"]
    token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context["csrf_token"])
    if not request.user.is_authenticated:
        return token
    # A browser that fills in what stood there before a reload would send the key of a form that was done.
    key = '{}<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(key, token, FORM_KEY, new_key())
