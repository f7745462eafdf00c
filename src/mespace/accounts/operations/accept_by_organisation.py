"""Accept an invitation by the organisation's own sign-in, without a password."""

from datetime import datetime

from django.db import transaction

from mespace.accounts import links
from mespace.accounts.errors import LinkedWithAnother
from mespace.accounts.models import User
from mespace.accounts.operations._linking import link, linked_person, require_open
from mespace.platform.oidc.provider import Identity, Provider


@transaction.atomic
def accept_by_organisation(*, provider: Provider, identity: Identity, link_id: int, now: datetime) -> User:
    """The invited person, linked with whoever the provider has signed in: holding the link vouches for the address.

    Raises LinkNotValid, NotOfOrganisation, AccountDisabled, or LinkedWithAnother for a subject that is somebody else.
    """
    invitation = links.lock_invitation(link_id=link_id, now=now)
    user = invitation.user
    require_open(user, provider)
    if linked_person(identity) is not None:
        raise LinkedWithAnother
    link(user, identity, now=now)
    links.use(invitation, now=now)
    return user
