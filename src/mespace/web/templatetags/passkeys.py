"""A word where passkeys cannot work."""

from typing import Any

from django import template

from mespace.web.account.passkey_address import where_passkeys_work

register = template.Library()


@register.inclusion_tag("web/account/_passkeys_elsewhere.html", takes_context=True)
def passkeys_elsewhere(context: dict[str, Any]) -> dict[str, str]:
    """A link to the page's address by name, where it was opened by a number; otherwise nothing."""
    return {"url": where_passkeys_work(context["request"])}
