"""A page about passkeys that was opened by an IP address says where they work."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from mespace.web.account.passkey_address import where_passkeys_work


@pytest.mark.parametrize(
    ("host", "base", "url"),
    [
        ("127.0.0.1:8000", "https://support.example.com", "http://localhost:8000/account/login/?next=/t/"),
        ("[::1]:8000", "https://support.example.com", "http://localhost:8000/account/login/?next=/t/"),
        ("127.0.0.1", "https://support.example.com", "http://localhost/account/login/?next=/t/"),
        ("10.1.2.3", "https://support.example.com", "https://support.example.com/account/login/?next=/t/"),
        ("10.1.2.3", "https://10.1.2.3", ""),
        ("localhost:8000", "https://support.example.com", ""),
        ("support.example.com", "https://support.example.com", ""),
    ],
)
def test_where_they_work(settings: Any, host: str, base: str, url: str) -> None:
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["*"], base
    assert where_passkeys_work(RequestFactory().get("/account/login/?next=/t/", headers={"host": host})) == url


@pytest.mark.django_db
def test_the_page_of_signing_in_offers_it(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    page = Client().get("/account/login/", headers={"host": "127.0.0.1:8000"}).content.decode()
    assert 'href="http://localhost:8000/account/login/"' in page
    assert "localhost" not in Client().get("/account/login/", headers={"host": "mes.example"}).content.decode()
