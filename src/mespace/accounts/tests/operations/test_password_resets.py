from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.accounts.actor import Refused
from mespace.accounts.disabling import disable_user
from mespace.accounts.errors import AccountDisabled, LinkNotValid
from mespace.accounts.models import PasswordLink, User
from mespace.accounts.operations.change_password import change_password
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.operations.request_password_reset import request_password_reset
from mespace.accounts.operations.reset_link import reset_link
from mespace.accounts.operations.reset_password import reset_password
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.accounts.permissions import Role
from tests.cast import PASSWORD, WEDNESDAY

GOOD = "лампа трактор озеро 7"


def token_in_mail(text: str) -> str:
    return text.split("/account/link/")[1].split("/", maxsplit=1)[0]


def test_the_mail_holds_a_link_from_the_base_url_and_the_queue_no_token(cast: Any, settings: Any) -> None:
    settings.BASE_URL = "https://support.example.com"
    request_password_reset(email=" Agent@example.org")
    job = ProcrastinateJob.objects.get(task_name="accounts.send_password_link")
    assert job.args == {"email": "agent@example.org"}
    assert send_password_link(email="agent@example.org", now=WEDNESDAY)
    (letter,) = mail.outbox
    assert letter.to == ["agent@example.org"]
    assert "https://support.example.com/account/link/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    token = token_in_mail(letter.body)
    assert not PasswordLink.objects.filter(token_hash=token).exists()
    assert reset_password(token=token, password=GOOD, now=WEDNESDAY + timedelta(minutes=119)).check_password(GOOD)
    with pytest.raises(LinkNotValid):
        reset_password(token=token, password=GOOD, now=WEDNESDAY)


def test_the_mail_speaks_the_persons_language_and_zone(cast: Any) -> None:
    User.objects.filter(pk=cast.engineer.user_id).update(language="ru", time_zone="Asia/Yekaterinburg")
    send_password_link(email="engineer@example.org", now=WEDNESDAY)
    assert "Здравствуйте" in mail.outbox[0].body
    assert "13:00" in mail.outbox[0].body  # 06:00 UTC and two hours, five hours east
    User.objects.filter(pk=cast.engineer.user_id).update(language="en")
    send_password_link(email="engineer@example.org", now=WEDNESDAY)
    assert "Hello" in mail.outbox[1].body


def test_strangers_and_the_disabled_get_no_mail(cast: Any) -> None:
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    assert not send_password_link(email="agent@example.org", now=WEDNESDAY)
    assert not send_password_link(email="nobody@example.org", now=WEDNESDAY)
    assert mail.outbox == []


def test_asking_twice_while_the_worker_is_busy_sends_one_mail(cast: Any) -> None:
    for email in ("agent@example.org", "AGENT@example.org", "unknown@example.org"):
        request_password_reset(email=email)
    queued = ProcrastinateJob.objects.filter(task_name="accounts.send_password_link")
    assert sorted(job.args["email"] for job in queued) == ["agent@example.org", "unknown@example.org"]


def test_somebody_without_a_password_gets_an_invitation(cast: Any) -> None:
    create_user(actor=cast.administrator, now=WEDNESDAY, email="n@example.org", full_name="Н", roles=[Role.AGENT])
    send_password_link(email="n@example.org", now=WEDNESDAY)
    assert PasswordLink.objects.get().kind == "invitation"


def test_a_link_by_hand_lasts_two_hours_and_names_its_maker(cast: Any) -> None:
    link = reset_link(actor=cast.administrator, now=WEDNESDAY, user_id=cast.engineer.user_id)
    assert PasswordLink.objects.get().created_by_id == cast.administrator.user_id
    with pytest.raises(LinkNotValid):
        reset_password(token=link.token, password=GOOD, now=WEDNESDAY + timedelta(hours=2))
    assert reset_password(token=link.token, password=GOOD, now=WEDNESDAY + timedelta(hours=2, seconds=-1))


@pytest.mark.parametrize("name", ["agent", "contractor", "manager", "director", "auditor", "responsible", "engineer"])
def test_only_administrators_make_one(cast: Any, name: Any) -> None:
    with pytest.raises(Refused):
        reset_link(actor=cast.actors[name], now=WEDNESDAY, user_id=cast.colleague.user_id)


def test_not_for_the_disabled(cast: Any) -> None:
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    with pytest.raises(AccountDisabled):
        reset_link(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)


def test_a_new_password_kills_links_that_are_still_open(cast: Any) -> None:
    link = reset_link(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    change_password(actor=cast.agent, now=WEDNESDAY, password=GOOD)
    with pytest.raises(LinkNotValid):
        reset_password(token=link.token, password=PASSWORD, now=WEDNESDAY)
