"""Invitations, passwords and second factors beside an organisation's own sign-in."""

import re
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from mespace.accounts.models import User
from mespace.accounts.operations.reset_link import reset_link
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.platform.clock import now
from mespace.platform.sessions import SessionStore
from mespace.web.account.tests.organisations import (
    SIGN_IN,
    back_from,
    go,
    invited,
    is_in,
    kinds,
    set_up,
    without_password,
)
from tests.cast import PASSWORD, Cast
from tests.infrastructure.openid import Member, OpenIdProvider

HOOK: dict[str, Any] = {
    "email_verification": None,
    "signal_kwargs": None,
    "email": None,
    "signup": False,
    "redirect_url": None,
}


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


def test_whoever_opens_somebody_else_s_invitation_is_signed_out_by_accepting_it(
    cast: Cast, sso: OpenIdProvider
) -> None:
    client = Client()
    client.force_login(cast.users["engineer"])
    assert go(client, f"/account/link/{invited(cast)}/by/zavod/").status_code == 302
    assert "colleague@example.org" in client.get("/account/profile/").content.decode()
    ids = {name: cast.users[name].pk for name in ("engineer", "colleague")}
    assert kinds() == [
        ("signed_out", ids["engineer"]),
        ("linked", ids["colleague"]),
        ("organisation", ids["colleague"]),
    ]


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


def test_a_passkey_opens_nothing_where_the_organisation_is_the_only_way_in(
    cast: Cast, sso: OpenIdProvider, settings: Any
) -> None:
    set_up(settings, sso, password_allowed=False)
    request = RequestFactory().post("/account/2fa/webauthn/login/")
    request.user, request.session = AnonymousUser(), SessionStore()
    record_authentication(request, cast.users["colleague"], "mfa", passwordless=True)
    answer = get_adapter(request).pre_login(request, cast.users["colleague"], **HOOK)
    assert answer.status_code == 403
    assert "Войти через «Завод»" in answer.content.decode()
    assert kinds() == [("no_password", cast.users["colleague"].pk)]
    assert get_adapter(request).pre_login(request, cast.users["stranger"], **HOOK) is None


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


@pytest.mark.parametrize(("allowed", "says"), [(True, "или задайте пароль"), (False, "войдите через «Завод»:")])
def test_the_mail_of_an_invitation_names_the_ways_in(
    cast: Cast, sso: OpenIdProvider, settings: Any, allowed: bool, says: str
) -> None:
    set_up(settings, sso, password_allowed=allowed)
    without_password(cast.users["colleague"])
    mail.outbox.clear()
    assert send_password_link(email="colleague@example.org", now=now())
    body = mail.outbox[0].body
    assert says in body
    assert re.search(r"/account/link/[^/\s]+/", body)


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
