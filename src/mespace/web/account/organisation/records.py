"""What a session remembers of a sign-in by the organisation, beside allauth's own records of passwords and factors."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest

from mespace.accounts.models import User
from mespace.platform import clock
from mespace.platform.oidc.provider import Identity, Provider

METHOD = "organisation"


def record(request: HttpRequest, user: User, provider: Provider, identity: Identity, *, again: bool = False) -> None:
    """Note that the provider has let the person prove who they are; `again` before a grave step."""
    two_factors = bool(provider.second_factor & identity.methods)
    more: dict[str, Any] = {"provider": provider.key, "two_factors": two_factors}
    if again:
        more |= {"reauthenticated": True, "confirmed_at": clock.now().timestamp()}
    record_authentication(request, user, METHOD, **more)


def proves_two_factors(one: dict[str, Any]) -> bool:
    """Whether the provider, trusted with it, said that a second factor was used."""
    return one.get("method") == METHOD and one.get("two_factors") is True


def came_by_organisation(request: HttpRequest, user: User) -> bool:
    """Whether the attempt that is going on began at the organisation's provider."""
    records = [one for one in get_authentication_records(request, user) if not _is_second(one)]
    return bool(records) and records[-1].get("method") == METHOD


def confirmed_lately(request: HttpRequest, user: User) -> bool:
    """Whether the provider has let the person prove anew who they are, in the time that a grave step allows."""
    again = [one["confirmed_at"] for one in get_authentication_records(request, user) if "confirmed_at" in one]
    return bool(again) and clock.now().timestamp() - again[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def _is_second(one: dict[str, Any]) -> bool:
    return one.get("method") == "mfa" and not one.get("passwordless")
