"""Which organisation's own sign-in a person belongs to; deny by default. Nothing is asked where none is set up."""

from django.conf import settings

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.platform.oidc.provider import STAFF, Provider


def providers() -> dict[str, Provider]:
    """All that are set up, by key."""
    found: dict[str, Provider] = settings.OIDC_PROVIDERS
    return found


def is_of(provider: Provider, user: User) -> bool:
    """Whether the person is one of the provider's: staff for that of the vendor, a customer's people for theirs."""
    return provider.organisation == _organisation(user)


def providers_of(user: User) -> list[Provider]:
    """Those that sign in the person's organisation."""
    found = list(providers().values())
    if not found:
        return []
    organisation = _organisation(user)
    return [provider for provider in found if provider.organisation == organisation]


def linked_provider(user: User) -> Provider | None:
    """The one by which the person comes in; None when they do not, or it is set up no more."""
    if user.oidc_linked_at is None:
        return None
    return next((each for each in providers_of(user) if each.issuer == user.oidc_issuer), None)


def may_have_password(user: User) -> bool:
    """Whether passwords and passkeys let the person in, besides the organisation's sign-in.

    Administrators always: somebody has to come in and mend things while the provider is down.
    """
    if Role.ADMINISTRATOR in user.roles:
        return True
    return all(provider.password_allowed for provider in providers_of(user))


def _organisation(user: User) -> str | None:
    if not user.is_customer:
        return STAFF
    # By name, because customers is the room above: the membership is what makes one of the customer's people.
    return (
        User.objects.filter(pk=user.pk, membership__customer__project__isnull=False)
        .values_list("membership__customer__project__code", flat=True)
        .first()
    )
