"""What pages say of somebody's link with the organisation's sign-in."""

from typing import Any

from mespace.accounts.models import User
from mespace.accounts.organisation import linked_provider, providers_of
from mespace.web.account.organisation.refused import name_of


def organisation_words(user: User) -> dict[str, Any]:
    """`name` of the provider that signs the person in (empty: set up no more), `offered` those that would."""
    provider = linked_provider(user)
    return {
        "is_linked": user.oidc_linked_at is not None,
        "name": name_of(provider) if provider else "",
        "offered": [] if user.oidc_linked_at is not None else [name_of(each) for each in providers_of(user)],
    }
