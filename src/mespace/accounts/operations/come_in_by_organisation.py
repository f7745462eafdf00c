"""Come in by the organisation's own sign-in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mespace.accounts.errors import AddressNotVerified, PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations._linking import link, linked_person, require_open
from mespace.platform.oidc.provider import Identity, Provider


@dataclass(frozen=True)
class CameIn:
    """Who comes in; `newly` if the provider's word was linked with the account just now."""

    user: User
    newly: bool


@transaction.atomic
def come_in_by_organisation(*, provider: Provider, identity: Identity, now: datetime) -> CameIn:
    """The person whom the provider has signed in: by the link, or at first by an address that it has verified.

    Nobody is registered, and an address that has changed moves no account. Raises AddressNotVerified, PersonNotFound,
    NotOfOrganisation, AccountDisabled, LinkedWithAnother.
    """
    user = linked_person(identity)
    if user is not None:
        require_open(user, provider)
        return CameIn(user, newly=False)
    if not identity.email or not identity.email_verified:
        raise AddressNotVerified
    user = User.objects.select_for_update(of=("self",)).filter(email=identity.email).first()
    if user is None:
        raise PersonNotFound
    require_open(user, provider)
    if (user.oidc_issuer, user.oidc_subject) == (identity.issuer, identity.subject):  # by a click that was faster
        return CameIn(user, newly=False)
    link(user, identity, now=now)
    return CameIn(user, newly=True)
