from time import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from mespace.accounts.models import SignIn
from tests.cast import PASSWORD, make_cast


def code_of(secret: str, *, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time()) // 30 + steps))


def sign_in(email: str) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/account/login/", {"login": email, "password": PASSWORD})
    return client, answer["Location"]


def set_up(client: Client) -> str:
    """The app's secret, after asking for the password again."""
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert client.get(asked["Location"]).status_code == 200
    wrong = client.post(asked["Location"], {"password": "wrong"})
    assert wrong.status_code == 200
    again = client.post(asked["Location"], {"password": PASSWORD})
    assert again["Location"] == "/account/2fa/totp/activate/"
    page = client.get("/account/2fa/totp/activate/")
    assert "data:image/svg+xml;base64," in page.content.decode()
    secret = page.context["form"].secret
    assert client.post("/account/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert done["Location"] == "/account/2fa/recovery-codes/"
    return secret


def test_the_whole_way(own_database: Any) -> None:
    make_cast()
    cache.clear()
    client, _ = sign_in("agent@example.org")
    secret = set_up(client)
    codes = client.get("/account/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert "attachment" in client.get("/account/2fa/recovery-codes/download/")["Content-Disposition"]
    assert client.get("/account/2fa/").status_code == 200

    second, to = sign_in("agent@example.org")
    assert to == "/account/2fa/authenticate/"
    assert second.get("/account/profile/").status_code == 302  # not in yet
    assert second.get(to).status_code == 200
    assert second.post(to, {"code": "000000"}).status_code == 200
    assert SignIn.objects.order_by("-pk")[0].kind == "wrong_code"
    assert second.post(to, {"code": code_of(secret, steps=1)})["Location"] == "/"
    assert SignIn.objects.order_by("-pk")[0].kind == "second_factor"
    assert second.get("/account/profile/").status_code == 200

    third, to = sign_in("agent@example.org")
    assert third.post(to, {"code": code_of(secret, steps=1)}).status_code == 200  # a code works once
    assert third.post(to, {"code": codes[0]})["Location"] == "/"
    fourth, to = sign_in("agent@example.org")
    assert fourth.post(to, {"code": codes[0]}).status_code == 200  # a recovery code, too

    assert client.post("/account/2fa/recovery-codes/generate/")["Location"] == "/account/2fa/recovery-codes/"
    assert client.get("/account/2fa/recovery-codes/").context["unused_codes"] != codes
    assert client.get("/account/2fa/totp/deactivate/").status_code == 200
    assert client.post("/account/2fa/totp/deactivate/")["Location"] == "/account/2fa/"
    assert not Authenticator.objects.exists()


def test_guessing_a_code_is_throttled(own_database: Any) -> None:
    make_cast()
    cache.clear()
    client, _ = sign_in("agent@example.org")
    secret = set_up(client)
    guesser, to = sign_in("agent@example.org")
    for _ in range(5):
        guesser.post(to, {"code": "000000"})
    answer = guesser.post(to, {"code": code_of(secret, steps=1)})
    assert answer.status_code == 200
    assert "Слишком много" in answer.content.decode()


def test_staff_see_nothing_else_until_they_have_one(own_database: Any, settings: Any) -> None:
    make_cast()
    cache.clear()
    settings.STAFF_MFA = True
    staff, _ = sign_in("administrator@example.org")
    answer = staff.get("/people/")
    assert answer["Location"] == "/account/2fa/"
    assert "второй фактор" in staff.get("/account/2fa/").content.decode().lower()
    fragment = staff.get("/people/", HTTP_HX_REQUEST="true")
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, "/account/2fa/")
    here = "http://testserver/account/2fa/"
    polled = staff.get("/notifications/bell/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL=here)
    assert (polled.status_code, "HX-Redirect" in polled) == (204, False), "the page would load itself for ever"
    older, _ = sign_in("administrator@example.org")
    secret = set_up(staff)
    assert staff.get("/people/").status_code == 200
    assert older.get("/people/").status_code == 302  # that session has not shown it
    page = staff.get("/account/2fa/totp/deactivate/")
    assert "второй фактор" in page.content.decode()
    assert staff.post("/account/2fa/totp/deactivate/").status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()  # the last one stays
    newer, to = sign_in("administrator@example.org")
    newer.post(to, {"code": code_of(secret, steps=1)})
    assert newer.get("/people/").status_code == 200


@pytest.mark.parametrize("on", [True, False])
def test_customers_are_free_and_so_are_staff_where_it_is_off(cast: Any, settings: Any, on: Any) -> None:
    settings.STAFF_MFA = on
    client = Client()
    client.force_login(cast.users["engineer" if on else "administrator"])
    path = "/account/profile/" if on else "/people/"
    assert client.get(path).status_code == 200
    assert client.get("/").headers.get("Location") != "/account/2fa/"
