"""Coming in by an organisation's own sign-in, in a real browser that holds us to our own content security policy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespace.accounts.models import SignIn, SignInKind, User
from mespace.accounts.operations.invite import invite
from mespace.platform.clock import now
from tests.cast import Cast, make_cast
from tests.infrastructure.openid import Member, OpenIdProvider, openid_provider


@pytest.fixture
def sso(http_site: Any, settings: Any) -> Iterator[OpenIdProvider]:
    with openid_provider() as running:
        running.shows_a_page = True
        settings.OIDC_PROVIDERS = {
            "zavod": running.settings(),
            "hidden": running.settings(key="hidden", organisation="RIVAL", is_listed=False),
        }
        yield running


@pytest.fixture
def made(http_site: Any) -> Cast:
    return make_cast()


@pytest.fixture
def page(browser: Any, http_site: Any) -> Iterator[Any]:
    """A page that may go to the provider; what the browser blocks or complains of fails the test."""
    context = browser.new_context(base_url=http_site.url, locale="ru-RU", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    complaints: list[str] = []
    found = context.new_page()
    found.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    found.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    yield found
    context.close()
    assert complaints == []


def test_the_way_there_and_back(page: Any, made: Cast, sso: OpenIdProvider, accessible: Callable[..., None]) -> None:
    page.goto("/account/login/?next=/account/sessions/")
    page.get_by_role("button", name="Войти через «Завод»").click()
    page.wait_for_url(f"{sso.url}/authorize?*")
    assert "Referer" not in page.evaluate("document.referrer")
    page.click("#no")
    page.wait_for_selector("h1:has-text('Вы не вошли')")
    accessible(page)
    page.get_by_role("button", name="Войти через «Завод»").click()
    page.wait_for_url(f"{sso.url}/authorize?*")
    page.click("#yes")
    page.wait_for_url("**/account/sessions/")  # where they wanted to go at first
    page.goto("/account/profile/")
    assert "Завод" in page.inner_text("main")
    assert list(SignIn.objects.order_by("pk").values_list("kind", flat=True)) == [
        "org_cancelled",
        "linked",
        "organisation",
    ]


def test_a_person_is_sent_on_without_scripts(browser: Any, http_site: Any, made: Cast, sso: OpenIdProvider) -> None:
    token = invited(made)
    sso.member = Member("c-1", "someone@zavod.example", {})
    context = browser.new_context(base_url=http_site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/account/link/{token}/")
    page.click("button:has-text('Завод')")
    page.wait_for_url(f"{sso.url}/authorize?*")
    page.click("#yes")
    page.wait_for_url(f"{http_site.url}/tickets/")
    context.close()
    assert User.objects.get(email="colleague@example.org").oidc_subject == "c-1"


def invited(made: Cast) -> str:
    user = made.users["colleague"]
    user.set_unusable_password()
    user.save()
    return invite(actor=made.administrator, now=now(), user_id=user.pk).token


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_its_pages_are_usable_for_everyone(
    new_page: Callable[..., Any],
    made: Cast,
    sso: OpenIdProvider,
    accessible: Callable[..., None],
    scheme: str,
    width: int,
    request: pytest.FixtureRequest,
) -> None:
    token = invited(made)
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    folder = request.config.getoption("--shots")

    def look(name: str) -> None:
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{scheme}-{width}.png", full_page=True)

    page.goto("/account/login/")
    look("sign-in")
    page.goto(f"/account/link/{token}/")
    look("invitation")
    page.goto("/account/by/zavod/back/?state=x&code=y")
    look("expired")
    sso.broken["/.well-known/openid-configuration"] = "500"
    page.goto("/account/login/")
    page.get_by_role("button", name="Войти через «Завод»").click()
    page.wait_for_selector("h1:has-text('не отвечает')")
    look("unreachable")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_about_a_link_are_usable_for_everyone(
    new_page: Callable[..., Any],
    http_site: Any,
    made: Cast,
    sso: OpenIdProvider,
    accessible: Callable[..., None],
    scheme: str,
    width: int,
    request: pytest.FixtureRequest,
) -> None:
    colleague = made.users["colleague"]
    colleague.set_unusable_password()
    colleague.oidc_issuer, colleague.oidc_subject, colleague.oidc_linked_at = sso.url, "4711", now()
    colleague.save()
    for kind in SignInKind:
        SignIn.objects.create(at=now(), kind=kind, user=colleague)
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    folder = request.config.getoption("--shots")
    seen = {
        "colleague": ["/account/profile/", "/account/password/", "/account/confirm/?next=/account/2fa/"],
        "administrator": [f"/people/{colleague.pk}/", "/people/sign-ins/"],
        "manager": [f"/manage/people/{colleague.pk}/"],
        "responsible": ["/account/colleagues/"],
    }
    for name, addresses in seen.items():
        client = Client()
        client.force_login(made.users[name])
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": http_site.url}])
        for number, address in enumerate(addresses):
            page.goto(address)
            accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{number}-{scheme}-{width}.png", full_page=True)
