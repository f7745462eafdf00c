"""What the operations that link a person with the organisation's sign-in have in common, inside their transaction."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mespace.accounts import links
from mespace.accounts.errors import AccountDisabled, LinkedWithAnother, NotOfOrganisation
from mespace.accounts.models import User
from mespace.accounts.organisation import is_of, linked_provider
from mespace.platform.jobs import Job, defer
from mespace.platform.oidc.provider import Identity, Provider


def linked_person(identity: Identity) -> User | None:
    """The person whom the provider's word has been linked with, locked; whatever address either has by now."""
    rows = User.objects.select_for_update(of=("self",))
    return rows.filter(oidc_issuer=identity.issuer, oidc_subject=identity.subject).first()


def require_open(user: User, provider: Provider) -> None:
    """Raise NotOfOrganisation or AccountDisabled."""
    if not is_of(provider, user):
        raise NotOfOrganisation
    if not user.is_active:
        raise AccountDisabled


def link(user: User, identity: Identity, *, now: datetime) -> None:
    """From now on the pair of issuer and subject is this person, whose invitation is accepted by that.

    Raises LinkedWithAnother where the person is somebody else at a provider that still signs in the organisation: an
    address may have been given to a new employee.
    """
    if linked_provider(user) is not None:
        raise LinkedWithAnother
    had_credentials = user.has_credentials
    user.oidc_issuer, user.oidc_subject, user.oidc_linked_at = identity.issuer, identity.subject, now
    try:
        with transaction.atomic():
            user.save(update_fields=["oidc_issuer", "oidc_subject", "oidc_linked_at"])
    except IntegrityError:  # two invitations were accepted as one person of the organisation, at once
        raise LinkedWithAnother from None
    links.revoke_all(user=user, now=now)
    if not had_credentials:
        defer(Job.CREDENTIALS_GIVEN, user_id=user.pk, at=now.isoformat(), how="came_in")
