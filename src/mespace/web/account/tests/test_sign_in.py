import re
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from mespace.accounts.disabling import disable_user
from mespace.accounts.models import SignIn
from tests.cast import PASSWORD, WEDNESDAY

URL = "/account/login/"


def attempt(email: str, password: str = PASSWORD, client: Client | None = None, **extra: Any) -> Any:
    return (client or Client()).post(URL, {"login": email, "password": password}, **extra)


def comparable(html: str) -> str:
    """The page without what differs each time: the protection of the form, and the address typed."""
    html = re.sub(r'value="[^"]*@example\.org"', "", html)
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+"', "", html)


def test_the_right_password_enters_and_is_noted(cast: Any) -> None:
    answer = attempt("Agent@Example.org", HTTP_USER_AGENT="Firefox/140.0 (Linux)", REMOTE_ADDR="203.0.113.9")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    line = SignIn.objects.get()
    assert (line.kind, line.user_id, line.network) == ("password", cast.agent.user_id, "203.0.113.0/24")


def test_known_and_unknown_addresses_get_the_same_answer(cast: Any) -> None:
    known, unknown = attempt("agent@example.org", "wrong"), attempt("nobody@example.org", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert comparable(known.content.decode()) == comparable(unknown.content.decode())
    assert "неверн" in known.content.decode()
    assert [(line.kind, line.user_id) for line in SignIn.objects.order_by("pk")] == [
        ("wrong_password", cast.agent.user_id),
        ("wrong_password", None),
    ]


def test_and_take_the_same_time(cast: Any, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    cast.users["agent"].set_password(PASSWORD)
    cast.users["agent"].save()
    took: dict[str, list[float]] = {"agent@example.org": [], "nobody@example.org": []}
    for _ in range(7):
        for email, times in took.items():
            began = perf_counter()
            attempt(email, "wrong")
            times.append(perf_counter() - began)
    known, unknown = (median(times) for times in took.values())
    assert 0.4 < known / unknown < 2.5  # without the equal work of hashing it is tenfold


def test_five_failures_stop_guessing_at_one_person_from_everywhere(cast: Any) -> None:
    cache.clear()
    for number in range(5):
        answer = attempt("agent@example.org", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
        assert "Слишком много" not in answer.content.decode()
    answer = attempt("AGENT@example.org", PASSWORD, REMOTE_ADDR="198.51.100.1", HTTP_HOST="localhost")
    assert answer.status_code == 200
    assert "Слишком много" in answer.content.decode()
    assert SignIn.objects.order_by("-pk")[0].kind == "throttled"
    assert attempt("manager@example.org").status_code == 302  # others are not concerned
    unknown = [attempt("nobody@example.org", "wrong") for _ in range(6)][-1]
    assert comparable(unknown.content.decode()) == comparable(answer.content.decode())


def test_the_count_is_shared_by_all_processes(settings: Any) -> None:
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


def test_the_disabled_are_told_only_with_the_right_password(cast: Any) -> None:
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    answer = attempt("agent@example.org")
    assert answer["Location"] == "/account/inactive/"
    assert Client().get("/account/inactive/").status_code == 200
    assert SignIn.objects.get().kind == "disabled"
    assert attempt("agent@example.org", "wrong").status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_signing_in(cast: Any, target: Any) -> None:
    client = Client()
    client.get(URL, {"next": target})
    answer = client.post(URL, {"login": "agent@example.org", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_but_to_the_page_that_was_wanted(cast: Any) -> None:
    answer = Client().post(URL, {"login": "agent@example.org", "password": PASSWORD, "next": "/account/sessions/"})
    assert answer["Location"] == "/account/sessions/"


def test_nobody_registers(cast: Any) -> None:
    for path in ("/account/signup/", "/account/email/", "/account/2fa/webauthn/signup/"):
        assert Client().get(path).status_code == 404


def test_signing_out_ends_the_session_and_is_noted(cast: Any) -> None:
    client = Client()
    attempt("agent@example.org", client=client)
    kept = client.cookies["sessionid"].value
    assert "data-sign-out" in client.get("/account/logout/").content.decode()
    assert client.post("/account/logout/")["Location"] == URL
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/account/profile/").status_code == 302
    assert SignIn.objects.order_by("-pk")[0].kind == "signed_out"


def test_demo_people_are_offered_in_a_demo_only(db: Any, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    people = '[{"who": "Инженер завода", "email": "e@example.org", "password": "see me"}]'
    (tmp_path / "demo-sign-ins.json").write_text(people, "utf-8")
    settings.DEMO = False
    assert "Инженер завода" not in Client().get(URL).content.decode()
    settings.DEMO = True
    assert "Инженер завода" in Client().get(URL).content.decode()
    for junk in ("{", "[1]", '[{"who": 1}]'):
        (tmp_path / "demo-sign-ins.json").write_text(junk, "utf-8")
        assert Client().get(URL).status_code == 200
