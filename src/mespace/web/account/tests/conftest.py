"""The factory's own provider of sign-in, for the tests of these pages."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infrastructure.openid import OpenIdProvider, openid_provider


@pytest.fixture
def sso(settings: Any) -> Iterator[OpenIdProvider]:
    """The factory's provider, set up."""
    with openid_provider() as running:
        settings.BASE_URL = "http://testserver"
        settings.OIDC_PROVIDERS = {"zavod": running.settings()}
        yield running
