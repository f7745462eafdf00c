import re
from typing import Any

import pytest
from django.test import Client

from mespace.accounts.models import User

PROFILE = {
    "full_name": "Инга Орлова",
    "job_title": "технолог",
    "phone": "",
    "language": "en",
    "time_zone": "Asia/Omsk",
}


@pytest.fixture
def engineer(cast: Any) -> Any:
    client = Client()
    client.force_login(cast.users["engineer"])
    return client


def test_the_profile_is_saved_and_the_next_page_speaks_the_language(cast: Any, engineer: Any) -> None:
    assert engineer.post("/account/profile/", PROFILE).status_code == 302
    page = engineer.get("/account/profile/").content.decode()
    assert '<html lang="en">' in page
    assert "Инга Орлова" in page
    assert User.objects.get(pk=cast.engineer.user_id).time_zone == "Asia/Omsk"


def test_what_was_typed_stays_beside_the_complaint(engineer: Any) -> None:
    answer = engineer.post("/account/profile/", PROFILE | {"full_name": " ", "time_zone": "Mars/Base"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"full_name", "time_zone"}
    assert 'value="технолог"' in answer.content.decode()


def test_russian_zones_come_first_by_their_clock(engineer: Any) -> None:
    page = engineer.get("/account/profile/").content.decode()
    options = re.findall(r'<option value="([^"]+/[^"]+)"', page)
    assert options[:3] == ["Europe/Kaliningrad", "Europe/Moscow", "Europe/Volgograd"]
    assert "Asia/Kamchatka" in options[:22]
    assert "Europe/Berlin" in options
    assert "UTC+5" in page


def test_the_switch_of_languages(cast: Any, engineer: Any) -> None:
    answer = engineer.post("/account/language/", {"language": "en", "next": "/account/sessions/"})
    assert answer["Location"] == "/account/sessions/"
    assert User.objects.get(pk=cast.engineer.user_id).language == "en"
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert '<html lang="ru">' in stranger.get("/account/login/").content.decode()
    stranger.post("/account/language/", {"language": "en", "next": "/account/login/"})
    assert '<html lang="en">' in stranger.get("/account/login/").content.decode()
    stranger.post("/account/language/", {"language": "xx"})
    assert '<html lang="en">' in stranger.get("/account/login/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_sends_nobody_elsewhere(engineer: Any, target: Any) -> None:
    answer = engineer.post("/account/language/", {"language": "ru", "next": target})
    assert answer["Location"] == "/"


def test_pages_ask_for_a_sign_in(db: Any) -> None:
    for path in ("", "profile/", "password/", "sessions/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/"):
        answer = Client().get(f"/account/{path}")
        assert answer["Location"].startswith("/account/login/"), path


def test_a_static_file_and_health_ask_nothing_about_the_person(engineer: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        engineer.get("/static/web/account/passkeys.js")
    with django_assert_num_queries(1):  # its own question to the database
        assert engineer.get("/healthz/").status_code == 200
