"""Who is let in by an organisation's own sign-in, and who is not; the provider is real, on this machine."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse

from mespace.accounts.disabling import disable_user
from mespace.accounts.models import SignIn, User
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.platform.clock import now, stepped
from mespace.platform.oidc import fetch
from mespace.web.account.tests.organisations import asked_there, back_from, go, left_for
from tests.cast import PASSWORD, Cast, make_cast
from tests.infrastructure.openid import Member, OpenIdProvider, openid_provider

SIGN_IN = "/account/login/"


@pytest.fixture
def sso(settings: Any) -> Iterator[OpenIdProvider]:
    """The factory's provider, set up."""
    with openid_provider() as running:
        settings.BASE_URL = "http://testserver"
        settings.OIDC_PROVIDERS = {"zavod": running.settings()}
        yield running


def set_up(settings: Any, sso: OpenIdProvider, **changes: Any) -> None:
    provider = sso.settings(**changes)
    settings.OIDC_PROVIDERS = {provider.key: provider}


def kinds() -> list[tuple[str, int | None]]:
    return list(SignIn.objects.order_by("pk").values_list("kind", "user_id"))


def without_password(user: User) -> User:
    user.set_unusable_password()
    user.save()
    return user


def is_in(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


def test_nothing_is_there_where_no_provider_is_set_up(cast: Cast, settings: Any) -> None:
    settings.OIDC_PROVIDERS = {}
    client = Client()
    assert "/account/by/" not in client.get(SIGN_IN).content.decode()
    assert client.post("/account/by/zavod/").status_code == 404
    assert client.get("/account/by/zavod/back/?state=x&code=y").status_code == 404
    client.force_login(cast.users["engineer"])
    assert client.get("/account/by/confirm/").status_code == 404
    assert "по предприятию" not in client.get("/account/profile/").content.decode()


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


def test_whoever_is_in_already_is_not_sent_anywhere(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    client.force_login(cast.users["agent"])
    assert client.post("/account/by/zavod/")["Location"] == "/"


def test_a_provider_may_be_offered_only_to_those_who_know_its_address(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    set_up(settings, sso, is_listed=False)
    assert "Завод" not in Client().get(SIGN_IN).content.decode()
    assert "Завод" not in Client().get(f"{SIGN_IN}?by=other").content.decode()
    assert "Войти через «Завод»" in Client().get(f"{SIGN_IN}?by=zavod").content.decode()


def test_no_transaction_is_open_while_the_provider_is_asked(own_database: Any, sso: OpenIdProvider) -> None:
    cast, open_ones = make_cast(), []
    watching = psycopg.connect(own_database.owner_url, autocommit=True)

    def look() -> None:
        found = watching.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and xact_start is not null"
            " and pid <> pg_backend_pid()"
        ).fetchone()
        open_ones.append(found and found[0])

    sso.when_asked = look
    client = Client()
    assert go(client).status_code == 302
    without_password(User.objects.get(pk=cast.users["colleague"].pk))
    client = Client()
    go(client)
    assert go(client, "/account/by/confirm/", next=GRAVE)["Location"] == GRAVE
    watching.close()
    assert len(open_ones) >= 8
    assert set(open_ones) == {0}


# An invitation


def invited(cast: Cast, name: str = "colleague") -> str:
    user = without_password(cast.users[name])
    return invite(actor=cast.administrator, now=now(), user_id=user.pk).token


def test_an_open_invitation_is_accepted_without_a_password_and_without_a_verified_address(
    cast: Cast, sso: OpenIdProvider
) -> None:
    token = invited(cast)
    sso.member = Member("s-1", "i.petrov@zavod.example", {})
    client = Client()
    page = client.get(f"/account/link/{token}/").content.decode()
    assert f"/account/link/{token}/by/zavod/" in page
    assert 'name="password"' in page
    answer = go(client, f"/account/link/{token}/by/zavod/")
    assert answer.status_code == 302
    assert is_in(client)
    colleague = User.objects.get(pk=cast.users["colleague"].pk)
    assert (colleague.oidc_subject, colleague.has_credentials, colleague.has_usable_password()) == ("s-1", True, False)
    assert [kind for kind, _ in kinds()] == ["linked", "organisation"]
    assert Client().get(f"/account/link/{token}/").status_code == 410
    link = colleague.password_links.get()
    assert (link.used_at, link.revoked_at) == (now(), None)


def test_an_invitation_is_accepted_only_by_the_person_s_own_organisation(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    token = invited(cast)
    settings.OIDC_PROVIDERS |= {"rival": sso.settings(key="rival", organisation="RIVAL")}
    assert Client().post(f"/account/link/{token}/by/rival/").status_code == 404
    assert Client().post(f"/account/link/{token}/by/nothing/").status_code == 404
    assert Client().post("/account/link/no-such-token/by/zavod/").status_code == 410
    assert "rival" not in Client().get(f"/account/link/{token}/").content.decode()


def test_an_invitation_that_was_used_meanwhile_lets_nobody_in(cast: Cast, sso: OpenIdProvider) -> None:
    token = invited(cast)
    client = Client()
    back = back_from(client, f"/account/link/{token}/by/zavod/")
    form = {"password": "four unrelated words here", "again": "four unrelated words here"}
    assert Client().post(f"/account/link/{token}/", form).status_code == 302
    answer = client.get(back)
    assert answer.status_code == 410
    assert not is_in(client)
    assert User.objects.get(pk=cast.users["colleague"].pk).oidc_subject == ""


def test_one_person_of_the_organisation_cannot_accept_two_invitations(cast: Cast, sso: OpenIdProvider) -> None:
    go(Client(), f"/account/link/{invited(cast)}/by/zavod/")
    client = Client()
    assert go(client, f"/account/link/{invited(cast, 'far_colleague')}/by/zavod/").status_code == 409
    assert not is_in(client)


def test_a_reset_link_is_no_invitation(cast: Cast, sso: OpenIdProvider) -> None:
    from mespace.accounts.operations.reset_link import reset_link

    token = reset_link(actor=cast.administrator, now=now(), user_id=cast.users["colleague"].pk).token
    assert Client().post(f"/account/link/{token}/by/zavod/").status_code == 404
    assert "/by/zavod/" not in Client().get(f"/account/link/{token}/").content.decode()


# Passwords beside it


def test_a_password_may_be_refused_and_a_stranger_learns_nothing_by_that(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    set_up(settings, sso, password_allowed=False)
    pages = [
        Client().post(SIGN_IN, {"login": f"{name}@example.org", "password": password}).content.decode()
        for name, password in (("colleague", PASSWORD), ("colleague", "wrong"), ("nobody", "wrong"))
    ]
    plain = [re.sub(r'value="[^"]*"|X-CSRFToken": "[^"]+"', "", page) for page in pages]
    assert plain[0] == plain[1] == plain[2]
    assert [kind for kind, _ in kinds()] == ["no_password", "wrong_password", "wrong_password"]
    assert Client().post(SIGN_IN, {"login": "stranger@example.org", "password": PASSWORD}).status_code == 302


def test_administrators_keep_their_password_for_the_day_on_which_the_provider_is_down(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    set_up(settings, sso, organisation="staff", key="staff", password_allowed=False)
    assert Client().post(SIGN_IN, {"login": "administrator@example.org", "password": PASSWORD}).status_code == 302
    assert Client().post(SIGN_IN, {"login": "agent@example.org", "password": PASSWORD}).status_code == 200


def test_where_passwords_are_refused_none_can_be_set(cast: Cast, sso: OpenIdProvider, settings: Any) -> None:
    set_up(settings, sso, password_allowed=False)
    token = invited(cast)
    page = Client().get(f"/account/link/{token}/").content.decode()
    assert 'name="password"' not in page
    form = {"password": "four unrelated words here", "again": "four unrelated words here"}
    assert Client().post(f"/account/link/{token}/", form).status_code == 422
    client = Client()
    go(client, f"/account/link/{token}/by/zavod/")
    assert client.get("/account/password/").status_code == 200
    assert client.post("/account/password/", {"present": "", **form}).status_code == 409
    mail.outbox.clear()
    assert send_password_link(email="colleague@example.org", now=now())
    (sent,) = mail.outbox
    assert "/account/link/" not in sent.body
    assert "«Завод»" in sent.body
    assert not User.objects.get(pk=cast.users["colleague"].pk).has_usable_password()


def test_where_passwords_are_allowed_one_can_be_set_by_a_reset_link(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    go(client, f"/account/link/{invited(cast)}/by/zavod/")
    mail.outbox.clear()
    assert send_password_link(email="colleague@example.org", now=now())
    found = re.search(r"/account/link/[^/\s]+/", mail.outbox[0].body)
    assert found
    assert "by/zavod" not in Client().get(found[0]).content.decode()
    form = {"password": "four unrelated words here", "again": "four unrelated words here"}
    assert Client().post(found[0], form).status_code == 302
    answer = Client().post(SIGN_IN, {"login": "colleague@example.org", "password": form["password"]})
    assert answer.status_code == 302


# Staff


def of_staff(settings: Any, sso: OpenIdProvider, **changes: Any) -> None:
    settings.STAFF_MFA = True
    set_up(settings, sso, organisation="staff", key="staff", **changes)
    sso.member = Member("a-1", "agent@example.org")


def test_the_vendor_s_provider_is_no_second_factor_by_itself(cast: Cast, sso: OpenIdProvider, settings: Any) -> None:
    of_staff(settings, sso)
    sso.member.claims |= {"amr": ["pwd", "otp", "mfa"], "acr": "2"}
    client = Client()
    assert go(client, "/account/by/staff/").status_code == 302
    assert client.get("/desk/")["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    ("claims", "passes"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({"amr": [["mfa"]]}, False),
        ({}, False),
    ],
)
def test_it_is_one_where_it_is_trusted_with_it_and_says_so(
    cast: Cast, sso: OpenIdProvider, settings: Any, claims: dict[str, Any], passes: bool
) -> None:
    of_staff(settings, sso, second_factor=frozenset({"mfa"}))
    sso.member.claims |= claims
    client = Client()
    go(client, "/account/by/staff/")
    assert (client.get("/desk/").status_code == 200) is passes


def test_the_vendor_s_provider_lets_no_customer_in(cast: Cast, sso: OpenIdProvider, settings: Any) -> None:
    of_staff(settings, sso)
    sso.member = Member("c-1", "colleague@example.org")
    assert go(Client(), "/account/by/staff/").status_code == 403
    assert kinds()[-1] == ("org_elsewhere", cast.users["colleague"].pk)


def test_whoever_has_a_second_factor_here_is_asked_for_it(cast: Cast, sso: OpenIdProvider) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(cast.users["colleague"], generate_totp_secret())
    codes = RecoveryCodes.activate(cast.users["colleague"])
    client = Client()
    assert go(client)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes.get_unused_codes()[0]})
    assert is_in(client)
    assert kinds()[-1] == ("organisation_2fa", cast.users["colleague"].pk)


# Grave steps

GRAVE = "/account/2fa/totp/activate/"


def passwordless(cast: Cast, sso: OpenIdProvider) -> Client:
    client = Client()
    go(client, f"/account/link/{invited(cast)}/by/zavod/")
    assert is_in(client)
    return client


def test_who_has_no_password_confirms_a_grave_step_by_the_organisation(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    answer = client.get(GRAVE)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/by/confirm/?next={GRAVE.replace('/', '%2F')}")
    page = client.get(answer["Location"]).content.decode()
    assert "Завод" in page
    url = left_for(client.post("/account/by/confirm/", {"next": GRAVE}))
    assert "prompt=login" in url
    assert "max_age=0" in url
    answer = client.get(asked_there(url).removeprefix("http://testserver"))
    assert (answer.status_code, answer["Location"]) == (302, GRAVE)
    assert client.get(GRAVE).status_code == 200


@pytest.mark.parametrize(
    ("claims", "status"),
    [({"auth_time": None}, 403), ({"auth_time": 1_000_000_000}, 403), ({"auth_time": "9999999999"}, 403)],
)
def test_a_confirmation_that_the_provider_did_not_ask_for_is_none(
    cast: Cast, sso: OpenIdProvider, claims: dict[str, Any], status: int
) -> None:
    client = passwordless(cast, sso)
    sso.claims.update(claims)
    assert go(client, "/account/by/confirm/", next=GRAVE).status_code == status
    assert client.get(GRAVE).status_code == 302


def test_a_confirmation_by_somebody_else_is_none(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    sso.member = Member("another", "colleague@example.org")
    assert go(client, "/account/by/confirm/", next=GRAVE).status_code == 403
    assert client.get(GRAVE).status_code == 302
    assert is_in(client)


def test_a_confirmation_comes_back_to_the_person_who_began_it(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    back = back_from(client, "/account/by/confirm/", next=GRAVE)
    client.post("/account/logout/")
    assert client.get(back).status_code == 400
    assert not is_in(client)


def test_people_with_a_password_are_asked_for_it_as_before(cast: Cast, sso: OpenIdProvider) -> None:
    client = Client()
    go(client)
    assert client.get(GRAVE)["Location"].startswith("/account/reauthenticate/")
    page = client.get("/account/reauthenticate/").content.decode()
    assert "/account/by/confirm/" in page  # as another way


def test_a_person_whose_provider_is_gone_cannot_pass_a_grave_step(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    client = passwordless(cast, sso)
    settings.OIDC_PROVIDERS = {}
    assert client.get(GRAVE).status_code == 302


# Undoing the link

WAYS = {
    "administrator": "/people/{}/organisation/",
    "manager": "/manage/people/{}/unlink/",
    "responsible": "/account/colleagues/{}/organisation/",
}


@pytest.mark.parametrize("who", WAYS)
def test_whoever_manages_access_undoes_the_link_after_being_asked(cast: Cast, sso: OpenIdProvider, who: str) -> None:
    person = passwordless(cast, sso)
    colleague = cast.users["colleague"]
    client = Client()
    client.force_login(cast.users[who])
    url = WAYS[who].format(colleague.pk)
    assert "Отвязать" in client.post(url).content.decode()
    assert is_in(person)
    assert client.post(url, {"confirmed": "1"}).status_code == 302
    colleague.refresh_from_db()
    assert (colleague.oidc_issuer, colleague.oidc_subject, colleague.oidc_linked_at) == ("", "", None)
    assert not is_in(person)
    assert not colleague.has_credentials
    assert client.post(url, {"confirmed": "1"}).status_code == 302  # the second time there is nothing to undo
    assert invite(actor=cast.administrator, now=now(), user_id=colleague.pk)


def test_the_pages_of_a_linked_person_say_so(cast: Cast, sso: OpenIdProvider) -> None:
    client = passwordless(cast, sso)
    assert "Завод" in client.get("/account/profile/").content.decode()
    pk = cast.users["colleague"].pk
    for who, page in (("administrator", f"/people/{pk}/"), ("manager", f"/manage/people/{pk}/")):
        reader = Client()
        reader.force_login(cast.users[who])
        text = reader.get(page).content.decode()
        assert "«Завод»" in text
        assert "Отвязать" in text
        assert "не входил" not in text
    reader = Client()
    reader.force_login(cast.users["responsible"])
    assert f"/account/colleagues/{pk}/organisation/" in reader.get("/account/colleagues/").content.decode()


def test_auditors_read_with_whom_an_account_was_linked_and_who_undid_it(cast: Cast, sso: OpenIdProvider) -> None:
    passwordless(cast, sso)
    pk = cast.users["colleague"].pk
    client = Client()
    client.force_login(cast.users["administrator"])
    client.post(f"/people/{pk}/organisation/", {"confirmed": "1"})
    rows = apps.get_model("accounts", "UserAudit").objects.filter(pgh_obj_id=pk).order_by("-pk")
    assert rows[0].oidc_subject == ""
    assert rows[0].pgh_context.metadata["user"] == cast.users["administrator"].pk
    assert "4711" in {row.oidc_subject for row in rows}
    reader = Client()
    reader.force_login(cast.users["auditor"])
    assert "4711" in reader.get(f"/audit/accounts-user/?row={pk}").content.decode()
