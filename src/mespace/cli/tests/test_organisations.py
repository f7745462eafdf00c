"""What `doctor` says of organisations' providers, in sentences that name the setting."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mespace.cli.organisations import examined
from mespace.platform.clock import now, stepped
from tests.cast import Cast
from tests.infrastructure.openid import OpenIdProvider, openid_provider


@pytest.fixture
def sso(settings: Any) -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        settings.OIDC_PROVIDERS = {"zavod": running.settings()}
        yield running


def said() -> list[str]:
    return [found.text for found in examined()]


@pytest.fixture(autouse=True)
def _real_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The provider's web server tells the machine's time."""
    from datetime import UTC, datetime

    with stepped(datetime.now(UTC)):
        yield


def test_nothing_is_said_of_what_is_well(cast: Cast, sso: OpenIdProvider) -> None:
    assert said() == []


def test_nothing_is_asked_where_none_is_set_up(cast: Cast, settings: Any, django_assert_num_queries: Any) -> None:
    settings.OIDC_PROVIDERS = {}
    with django_assert_num_queries(0):
        assert said() == []


def test_each_fault_is_a_sentence_that_names_the_setting(cast: Cast, sso: OpenIdProvider, settings: Any) -> None:
    settings.OIDC_PROVIDERS = {"zavod": sso.settings(organisation="NOBODY")}
    (sentence,) = said()
    assert sentence.startswith("MESPACE_OIDC_ZAVOD_ORGANISATION=NOBODY: no customer's project has that code")
    settings.OIDC_PROVIDERS = {"zavod": sso.settings(issuer="http://127.0.0.1:9")}
    (sentence,) = said()
    assert "does not answer" in sentence
    assert "MESPACE_OIDC_ZAVOD_ISSUER" in sentence
    settings.OIDC_PROVIDERS = {"zavod": sso.settings()}
    sso.document["issuer"] = "https://sso.example"
    (sentence,) = said()
    assert "letter by letter" in sentence
    sso.document.clear()
    with stepped(now() + timedelta(minutes=5)):
        (sentence,) = said()
    assert re.search(r"its clock differs from ours by -(299|30[0-9]) s", sentence)


def test_an_address_without_tls_is_named(cast: Cast, sso: OpenIdProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MESPACE_BASE_URL", "http://support.example.com")
    (sentence,) = said()
    assert "http://support.example.com, which is not protected by TLS" in sentence
