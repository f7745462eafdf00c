"""Who is let in by an organisation's own sign-in, and who is not; the provider is real, on this machine."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from mespace.accounts.disabling import disable_user
from mespace.accounts.models import User
from mespace.platform.clock import now, stepped
from mespace.platform.oidc import fetch
from mespace.web.account.tests.organisations import (
    SIGN_IN,
    asked_there,
    back_from,
    go,
    is_in,
    kinds,
    left_for,
    set_up,
)
from tests.cast import PASSWORD, Cast
from tests.infrastructure.openid import Member, OpenIdProvider, openid_provider


def test_nothing_is_there_where_no_provider_is_set_up(cast: Cast, settings: Any) -> None:
    settings.OIDC_PROVIDERS = {}
    client = Client()
    assert "/account/by/" not in client.get(SIGN_IN).content.decode()
    assert client.post("/account/by/zavod/").status_code == 404
    assert client.get("/account/by/zavod/back/?state=x&code=y").status_code == 404
    client.force_login(cast.users["engineer"])
    assert client.get("/account/confirm/").status_code == 404
    assert "по предприятию" not in client.get("/account/profile/").content.decode()


@pytest.mark.parametrize("key", ["zavod", "confirm", "back", "by"])
def test_a_provider_s_key_takes_no_other_page_s_address(key: str) -> None:
    assert resolve(f"/account/by/{key}/").view_name == "organisation_begin"
    assert resolve(f"/account/by/{key}/back/").view_name == "organisation_back"


def test_pages_cost_no_statement_more_where_no_provider_is_set_up(
    cast: Cast, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.OIDC_PROVIDERS = {}
    from mespace.accounts.organisation import linked_provider, may_have_password, providers_of

    with django_assert_num_queries(0):
        for user in cast.users.values():
            assert providers_of(user) == []
            assert linked_provider(user) is None
            assert may_have_password(user)


def test_the_first_time_a_verified_address_links_and_later_the_subject_counts(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    assert "Войти через «Завод»" in client.get(SIGN_IN).content.decode()
    answer = go(client, next="/account/sessions/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/sessions/")
    colleague = User.objects.get(pk=cast.users["colleague"].pk)
    assert (colleague.oidc_issuer, colleague.oidc_subject, colleague.oidc_linked_at) == (sso.url, "4711", now())
    assert kinds() == [("linked", colleague.pk), ("organisation", colleague.pk)]
    page = client.get("/account/sessions/").content.decode()
    assert page.count("<tr") > 1 or "Эта сессия" in page

    # The same person with another address, even that of somebody else here, even unverified, stays the same account.
    sso.member = Member("4711", "engineer@example.org", {"email_verified": False})
    other = Client()
    assert go(other).status_code == 302
    assert other.get("/account/profile/").content.decode().count("colleague@example.org") >= 1
    assert User.objects.get(pk=cast.users["engineer"].pk).oidc_linked_at is None


def test_a_browser_goes_by_a_page_and_not_by_a_redirect_with_what_cannot_be_guessed(
    cast: Cast, sso: OpenIdProvider
) -> None:
    answer = Client().post("/account/by/zavod/")
    url = left_for(answer)
    assert url.startswith(f"{sso.url}/authorize?response_type=code&")
    assert "form-action 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Client().get("/account/by/zavod/").status_code == 405  # nobody is sent there by a picture or a link
    assert Client(enforce_csrf_checks=True).post("/account/by/zavod/").status_code == 403


REFUSED: dict[str, tuple[Member, str, int, str, str | None]] = {
    "a stranger": (Member("1", "nobody@example.org"), "нет доступа", 403, "org_unknown", None),
    "somebody of another customer": (
        Member("1", "stranger@example.org"),
        "нет доступа",
        403,
        "org_elsewhere",
        "stranger",
    ),
    "one of the vendor's people": (Member("1", "agent@example.org"), "нет доступа", 403, "org_elsewhere", "agent"),
    "the administrator": (
        Member("1", "administrator@example.org"),
        "нет доступа",
        403,
        "org_elsewhere",
        "administrator",
    ),
    "an address that is not verified": (
        Member("1", "colleague@example.org", {"email_verified": False}),
        "не подтвержд",
        403,
        "org_unverified",
        None,
    ),
    "an address of which nothing is said": (
        Member("1", "colleague@example.org", {}),
        "не подтвержд",
        403,
        "org_unverified",
        None,
    ),
    "a word for verified that is not yes": (
        Member("1", "colleague@example.org", {"email_verified": "false"}),
        "не подтвержд",
        403,
        "org_unverified",
        None,
    ),
    "no address": (Member("1", "", {"email_verified": True}), "не подтвержд", 403, "org_unverified", None),
    "an address that looks alike": (Member("1", "colleaguе@example.org"), "нет доступа", 403, "org_unknown", None),
}


@pytest.mark.parametrize("who", REFUSED)
def test_who_is_refused_and_what_is_written_of_it(cast: Cast, sso: OpenIdProvider, who: str) -> None:
    member, said, status, kind, name = REFUSED[who]
    sso.member = member
    client = Client()
    answer = go(client)
    assert answer.status_code == status
    assert said in answer.content.decode()
    assert kinds() == [(kind, cast.users[name].pk if name else None)]
    assert not is_in(client)
    assert not User.objects.exclude(oidc_subject="").exists()
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_a_provider_cannot_find_out_whom_we_know(cast: Cast, sso: OpenIdProvider) -> None:
    pages = []
    for email in ("nobody@example.org", "stranger@example.org", "agent@example.org"):
        sso.member = Member("1", email)
        text = go(Client()).content.decode()
        pages.append(re.sub(r'(csrfmiddlewaretoken" value="|form_key" value="|X-CSRFToken": ")[^"]+"', "", text))
    assert pages[0] == pages[1] == pages[2]


def test_the_disabled_are_out_although_their_organisation_still_lets_them_in(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    go(client)
    disable_user(actor=cast.administrator, now=now(), user_id=cast.users["colleague"].pk)
    assert not is_in(client)
    again = Client()
    answer = go(again)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_inactive"))
    assert kinds()[-1] == ("org_disabled", cast.users["colleague"].pk)
    assert not is_in(again)


def test_an_address_that_passed_to_a_new_employee_moves_no_account(cast: Cast, sso: OpenIdProvider) -> None:
    go(Client())
    sso.member = Member("4712", "colleague@example.org")
    client = Client()
    answer = go(client)
    assert answer.status_code == 409
    assert kinds()[-1] == ("org_other", cast.users["colleague"].pk)
    assert User.objects.get(pk=cast.users["colleague"].pk).oidc_subject == "4711"
    assert not is_in(client)


def test_somebody_who_moved_to_another_organisation_is_not_let_in_by_the_former(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    go(Client())
    set_up(settings, sso, organisation="RIVAL")
    client = Client()
    assert go(client).status_code == 403
    assert kinds()[-1] == ("org_elsewhere", cast.users["colleague"].pk)


def test_a_link_with_a_provider_that_is_gone_gives_way_to_the_next_one(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    go(Client())
    with openid_provider() as next_one:
        settings.OIDC_PROVIDERS = {"zavod": next_one.settings()}
        next_one.member = Member("a", "colleague@example.org")
        client = Client()
        assert go(client).status_code == 302
        assert is_in(client)
        colleague = User.objects.get(pk=cast.users["colleague"].pk)
        assert (colleague.oidc_issuer, colleague.oidc_subject) == (next_one.url, "a")


# What comes back without having been asked for, or asked for otherwise.
def _of_another_browser(client: Client) -> Any:
    return client.get(back_from(Client()))


def _twice(client: Client) -> Any:
    back = back_from(client)
    client.get(back)
    client.cookies.clear()
    return client.get(back)


def _replayed(client: Client) -> Any:
    back = back_from(client)
    first = client.get(back)
    assert first.status_code == 302
    client.post("/account/logout/")
    return client.get(back)


def _too_late(client: Client) -> Any:
    back = back_from(client)
    with stepped(now() + timedelta(minutes=11)):
        return client.get(back)


def _at_another_provider_s_address(client: Client) -> Any:
    return client.get(back_from(client).replace("/by/zavod/", "/by/other/"))


def _invented(client: Client) -> Any:
    return client.get("/account/by/zavod/back/?code=x&state=x")


def _empty(client: Client) -> Any:
    return client.get("/account/by/zavod/back/")


@pytest.mark.parametrize(
    "come", [_of_another_browser, _twice, _replayed, _too_late, _at_another_provider_s_address, _invented, _empty]
)
def test_an_answer_to_no_attempt_of_this_browser_is_worth_nothing(
    cast: Cast, sso: OpenIdProvider, settings: Any, come: Callable[[Client], Any]
) -> None:
    settings.OIDC_PROVIDERS |= {"other": sso.settings(key="other", organisation="RIVAL")}
    client = Client()
    answer = come(client)
    assert answer.status_code == 400
    assert "Войти через" in answer.content.decode()  # the way to try again
    assert kinds()[-1] == ("org_expired", None)
    assert not is_in(client)


def test_giving_up_at_the_provider_leads_back_to_the_choice(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    url = left_for(client.post("/account/by/zavod/"))
    state = re.search(r"state=([^&]+)", url)[1]  # type: ignore[index]
    answer = client.get(f"/account/by/zavod/back/?error=access_denied&state={state}")
    assert answer.status_code == 200
    assert "Войти через" in answer.content.decode()
    assert kinds() == [("org_cancelled", None)]


def test_an_error_of_the_provider_is_shown_in_our_words_only(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    state = re.search(r"state=([^&]+)", left_for(client.post("/account/by/zavod/")))[1]  # type: ignore[index]
    bad = "/account/by/zavod/back/?error=<script>alert(1)</script>&error_description=CALL+0900&state="
    answer = client.get(bad + state)
    assert answer.status_code == 502
    assert "alert(1)" not in answer.content.decode()
    assert "CALL" not in answer.content.decode()
    assert kinds() == [("org_failed", None)]


WRONG: dict[str, Callable[[OpenIdProvider], Any]] = {
    "another nonce": lambda sso: sso.claims.update(nonce="x" * 43),
    "another audience": lambda sso: sso.claims.update(aud="portal"),
    "another issuer": lambda sso: sso.claims.update(iss="https://evil.example"),
    "expired": lambda sso: sso.claims.update(exp=int(now().timestamp()) - 3600),
    "unsigned": lambda sso: setattr(sso, "signing", "none"),
    "another key": lambda sso: setattr(sso, "signing", "another key"),
    "RFC 9207": lambda sso: setattr(sso, "says_issuer", "https://evil.example"),
}


@pytest.mark.parametrize("attack", WRONG)
def test_an_answer_that_does_not_hold_lets_nobody_in_and_is_written_down(
    cast: Cast, sso: OpenIdProvider, attack: str
) -> None:
    WRONG[attack](sso)
    client = Client()
    answer = go(client)
    assert answer.status_code == 502
    assert kinds() == [("org_failed", None)]
    assert not is_in(client)
    assert not User.objects.exclude(oidc_subject="").exists()


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("way", ["500", "slow", "huge"])
def test_an_outage_is_told_in_time_and_passwords_go_on(
    cast: Cast, sso: OpenIdProvider, path: str, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "STEP", 0.3)
    monkeypatch.setattr(fetch, "WHOLE", 0.6)
    sso.broken[path] = way
    client, began = Client(), time.monotonic()
    answer = client.post("/account/by/zavod/")
    if path != "/.well-known/openid-configuration":
        answer = client.get(asked_there(left_for(answer)).removeprefix("http://testserver"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert time.monotonic() - began < 3
    assert kinds() == [("org_unreachable", None)]
    page = client.get(SIGN_IN)
    assert page.status_code == 200
    assert client.post(SIGN_IN, {"login": "colleague@example.org", "password": PASSWORD}).status_code == 302


def test_nobody_is_sent_to_a_foreign_site_afterwards(cast: Cast, sso: OpenIdProvider) -> None:
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        assert go(Client(), next=target)["Location"] == "/"
    client = Client()
    assert client.get(back_from(client) + "&next=https://evil.example/")["Location"] == "/"


def test_what_a_request_calls_this_host_becomes_no_address(cast: Cast, sso: OpenIdProvider) -> None:
    answer = Client().post("/account/by/zavod/", HTTP_HOST="localhost", HTTP_X_FORWARDED_HOST="evil.example")
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Faccount%2Fby%2Fzavod%2Fback%2F" in left_for(answer)


@pytest.mark.parametrize("who", [None, "engineer", "responsible", "stranger", "agent", "contractor", "administrator"])
def test_what_each_role_gets_at_the_addresses_where_a_provider_is_set_up(
    cast: Cast, sso: OpenIdProvider, who: str | None
) -> None:
    client = Client()
    if who is not None:
        client.force_login(cast.users[who])
    begun = client.post("/account/by/zavod/")
    assert (begun.status_code, begun.get("Location")) == ((200, None) if who is None else (302, "/"))
    assert client.get("/account/by/zavod/back/?state=x&code=y").status_code == 400
    assert client.post("/account/by/zavod/back/").status_code == 405
    for method in (client.get, client.post):
        assert method("/account/confirm/").status_code == (302 if who is None else 404)  # nobody is linked here
        assert method("/account/by/nothing/").status_code == (405 if method == client.get else 404)
    assert client.post("/account/link/no-such-token/by/zavod/").status_code == 410


def test_a_provider_may_be_offered_only_to_those_who_know_its_address(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    set_up(settings, sso, is_listed=False)
    assert "Завод" not in Client().get(SIGN_IN).content.decode()
    assert "Завод" not in Client().get(f"{SIGN_IN}?by=other").content.decode()
    assert "Войти через «Завод»" in Client().get(f"{SIGN_IN}?by=zavod").content.decode()
