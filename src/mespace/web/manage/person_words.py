"""How far a customer's person has come, in words and tones."""

from typing import Any

from django.utils.translation import gettext as _

from mespace.accounts.permissions import Role
from mespace.customers.models import Membership


def person_row(membership: Membership) -> dict[str, Any]:
    """The person with what to say of their access; `membership` is annotated by customers.queries."""
    user = membership.user
    invited_until = getattr(membership, "invited_until", None)
    if not user.is_active:
        state, word, tone, icon = "disabled", _("disabled"), "closed", "ban"
    elif user.has_credentials:
        state, word, tone, icon = "entered", _("has access"), "good", "circle-check"
    elif invited_until is not None:
        state, word, tone, icon = "invited", _("invited"), "note", "mail"
    else:
        state, word, tone, icon = "new", _("not invited"), "warn", "user-plus"
    return {
        "membership": membership,
        "user": user,
        "is_responsible": Role.RESPONSIBLE in user.roles,
        "site_names": ", ".join(getattr(membership, "site_names", [])),
        "invited_until": invited_until,
        "state": state,
        "word": word,
        "tone": tone,
        "icon": icon,
    }
