"""What pages say of somebody's link with the organisation's sign-in."""

from typing import Any

from django.utils.translation import gettext as _

from mespace.accounts.models import User
from mespace.accounts.organisation import linked_provider, providers_of
from mespace.web.account.organisation.refused import name_of


def organisation_words(user: User) -> dict[str, Any]:
    """`name` of the provider that signs the person in (empty: set up no more), `offered` those that would.

    `undo` are the words of the question before the link is undone.
    """
    provider = linked_provider(user)
    return {
        "is_linked": user.oidc_linked_at is not None,
        "name": name_of(provider) if provider else "",
        "undo": undo_words(user),
        "offered": [] if user.oidc_linked_at is not None else [name_of(each) for each in providers_of(user)],
    }


def undo_words(user: User) -> dict[str, str]:
    """The question before a link is undone, in a dialog or on a page of its own: `title`, `text`, `label`."""
    words = _(
        "The sessions of %(name)s end. They come in again by a password, if they have one, or by a new invitation."
    )
    return {
        "title": _("Undo the link with the organisation?"),
        "text": words % {"name": user.full_name},
        "label": _("Undo the link"),
    }
