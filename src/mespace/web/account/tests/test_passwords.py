from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.accounts.operations.create_user import create_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.accounts.permissions import Role
from mespace.platform import clock
from tests.cast import PASSWORD

GOOD = "лампа трактор озеро 7"
RESET = "/account/password/reset/"


def sign_in(email: str, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/profile/").status_code == 200


@pytest.fixture
def with_mail(settings: Any) -> Any:
    settings.MAIL_IS_SET = True
    cache.clear()


def test_asking_for_a_reset_answers_alike_and_does_the_same_work(cast: Any, with_mail: Any) -> None:
    answers = {}
    for email in ("agent@example.org", "nobody@example.org"):
        answer = Client().post(RESET, {"email": email})
        answers[email] = (answer.status_code, answer["Location"])
    assert len(set(answers.values())) == 1
    assert ProcrastinateJob.objects.filter(task_name="accounts.send_password_link").count() == 2
    assert mail.outbox == []  # nothing is sent, nobody is looked up, while the visitor waits
    assert Client().get("/account/password/reset/done/").status_code == 200


def test_asking_is_throttled_per_address(cast: Any, with_mail: Any) -> None:
    codes = [Client().post(RESET, {"email": "agent@example.org"}).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    assert Client().post(RESET, {"email": "manager@example.org"}).status_code == 302


def test_without_a_mail_server_the_page_says_whom_to_ask(cast: Any, settings: Any) -> None:
    settings.MAIL_IS_SET = False
    page = Client().get(RESET).content.decode()
    assert "администратор" in page
    assert '<form method="post">' not in page


def test_by_a_mailed_link_and_all_sessions_end(cast: Any, with_mail: Any) -> None:
    before = sign_in("agent@example.org")
    assert is_in(before)
    send_password_link(email="agent@example.org", now=clock.now())
    path = "/account/link/" + mail.outbox[0].body.split("/account/link/")[1].split()[0]
    page = Client().get(path, HTTP_HOST="localhost")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    refused = Client().post(path, {"password": "short", "again": "short"})
    assert refused.status_code == 422
    assert "12" in refused.content.decode()
    differs = Client().post(path, {"password": GOOD, "again": GOOD + "!"})
    assert differs.status_code == 422
    assert Client().post(path, {"password": GOOD, "again": GOOD})["Location"] == "/account/login/"
    assert not is_in(before)
    assert is_in(sign_in("agent@example.org", GOOD))
    assert Client().get(path).status_code == 410
    assert Client().get("/account/link/nonsense/").status_code == 410


def test_a_link_comes_from_the_base_url_whatever_the_host_header_says(cast: Any, with_mail: Any, settings: Any) -> None:
    settings.BASE_URL = "https://support.example.com"
    Client().post(RESET, {"email": "agent@example.org"}, HTTP_HOST="localhost")
    job = ProcrastinateJob.objects.get(task_name="accounts.send_password_link")
    send_password_link(**job.args, now=clock.now())
    assert "https://support.example.com/account/link/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


def test_an_accepted_invitation_lets_in_and_lifts_a_lock_made_by_guessing(cast: Any) -> None:
    user = create_user(
        actor=cast.administrator, now=clock.now(), email="n@example.org", full_name="Н", roles=[Role.AGENT]
    )
    link = invite(actor=cast.administrator, now=clock.now(), user_id=user.pk)
    for _ in range(6):
        sign_in("n@example.org", "guess")
    page = Client().get(f"/account/link/{link.token}/").content.decode()
    assert "n@example.org" in page
    Client().post(f"/account/link/{link.token}/", {"password": GOOD, "again": GOOD})
    assert is_in(sign_in("n@example.org", GOOD))


def test_changing_it_keeps_this_session_and_ends_the_others(cast: Any) -> None:
    mine, other = sign_in("agent@example.org"), sign_in("agent@example.org")
    url = "/account/password/"
    wrong = mine.post(url, {"present": "wrong", "password": GOOD, "again": GOOD})
    assert wrong.status_code == 422
    weak = mine.post(url, {"present": PASSWORD, "password": "agent@example.org", "again": "agent@example.org"})
    assert weak.status_code == 422
    assert mine.post(url, {"present": PASSWORD, "password": GOOD, "again": GOOD}).status_code == 302
    assert is_in(mine)
    assert not is_in(other)
    assert is_in(sign_in("agent@example.org", GOOD))


def test_ones_sessions_are_listed_and_the_others_ended(cast: Any) -> None:
    mine, other = sign_in("agent@example.org"), sign_in("agent@example.org")
    page = mine.get("/account/sessions/").content.decode()
    assert page.count('data-label="Вход выполнен"') == 2
    assert mine.post("/account/sessions/").status_code == 302
    assert is_in(mine)
    assert not is_in(other)
