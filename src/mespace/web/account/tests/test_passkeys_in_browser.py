"""A passkey by Chromium's own virtual authenticator: added, used instead of the password, and as a second factor."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from mespace.accounts.models import SignIn
from tests.cast import PASSWORD, make_cast
from tests.infrastructure.chromium import chromium

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(chromium() is None, reason="browser test: no Chromium was found"),
]


@pytest.fixture
def page(browser: Any, http_site: Any, settings: Any) -> Any:
    cache.clear()
    make_cast()
    base = http_site.url.replace("127.0.0.1", "localhost")  # browsers bind no passkey to a bare address
    settings.BASE_URL = base
    settings.CSRF_TRUSTED_ORIGINS = [base]
    context = browser.new_context(base_url=base, locale="ru-RU")
    context.set_default_timeout(15_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert complaints == []


def plug_in(page: Any, **changes: Any) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    key = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | changes})["authenticatorId"]
    return session, key


def sign_in(page: Any) -> Any:
    page.goto("/account/login/?next=/account/profile/")
    page.get_by_label("Эл. почта").fill("agent@example.org")
    page.get_by_label("Пароль").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Войти", exact=True).click()


def add_passkey(page: Any, *, instead_of_password: bool) -> Any:
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Пароль").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Продолжить").click()
    page.get_by_label("Имя").fill("рабочий ноутбук")
    page.get_by_label("Входить только с этим ключом").set_checked(instead_of_password)
    with page.expect_navigation(url="**/recovery-codes/"):
        page.get_by_role("button", name="Добавить").click()


def sign_out(page: Any) -> Any:
    page.goto("/account/logout/")
    with page.expect_navigation(url="**/account/login/"):
        page.locator("main").get_by_role("button", name="Выйти").click()


def last_sign_in() -> str:
    connection.close()  # Playwright's loop keeps a context of its own, and with it the last test's connection
    return SignIn.objects.order_by("-pk")[0].kind


def test_instead_of_the_password(page: Any) -> None:
    plug_in(page)
    sign_in(page)
    add_passkey(page, instead_of_password=True)
    page.goto("/account/2fa/webauthn/")
    assert "рабочий ноутбук" in page.locator("main").inner_text()
    assert "вместо пароля" in page.locator("main").inner_text()
    sign_out(page)
    page.goto("/account/login/?next=/account/sessions/")
    with page.expect_navigation(url="**/account/sessions/"):
        page.get_by_role("button", name="Войти с ключом доступа").click()
    assert last_sign_in() == "passkey"


def test_as_a_second_factor(page: Any) -> None:
    plug_in(page)
    sign_in(page)
    add_passkey(page, instead_of_password=False)
    sign_out(page)
    sign_in(page)
    assert page.url.endswith("/account/2fa/authenticate/")
    with page.expect_navigation(url="**/account/profile/"):
        page.get_by_role("button", name="С ключом доступа").click()
    assert last_sign_in() == "second_factor"


def test_a_key_that_does_not_answer_is_told_in_words(page: Any) -> None:
    session, key = plug_in(page)
    sign_in(page)
    add_passkey(page, instead_of_password=True)
    sign_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto("/account/login/")
    page.get_by_role("button", name="Войти с ключом доступа").click()
    page.get_by_text("Ничего не изменилось").wait_for()
    assert page.url.endswith("/account/login/")
