"""The providers that a page offers."""

from typing import Any

from django.http import HttpRequest

from mespace.accounts.models import User
from mespace.accounts.organisation import providers, providers_of
from mespace.web.account.organisation.refused import name_of


def for_strangers(request: HttpRequest) -> list[dict[str, Any]]:
    """On the sign-in page: those that are listed, and the one that the address names (`?by=KEY`)."""
    named = request.GET.get("by", "")
    return [
        {"key": each.key, "name": name_of(each)} for each in providers().values() if each.is_listed or each.key == named
    ]


def for_person(user: User) -> list[dict[str, Any]]:
    """On somebody's invitation: those of their organisation."""
    return [{"key": each.key, "name": name_of(each)} for each in providers_of(user)]
