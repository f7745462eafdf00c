import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.disabling import disable_user
from mespace.accounts.errors import LastAdministrator, PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations.change_roles import change_roles
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.operations.enable_user import enable_user
from mespace.accounts.permissions import Role
from tests.cast import PASSWORD, WEDNESDAY, make_cast


def signed_in(email: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    assert client.get("/account/profile/").status_code == 200
    return client


def test_sessions_end_at_once_and_do_not_come_back(cast: Any) -> None:
    client = signed_in("agent@example.org")
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    assert client.get("/account/profile/").status_code == 302
    enable_user(actor=cast.administrator, user_id=cast.agent.user_id)
    assert client.get("/account/profile/").status_code == 302
    signed_in("agent@example.org")


def test_a_session_that_nobody_listed_ends_too(cast: Any) -> None:
    client = Client()
    client.force_login(cast.users["agent"])
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.agent.user_id)
    enable_user(actor=cast.administrator, user_id=cast.agent.user_id)
    assert client.get("/account/profile/").status_code == 302


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("administrator", "agent"),
        ("administrator", "engineer"),
        ("manager", "engineer"),
        ("manager", "responsible"),
        ("responsible", "engineer"),
    ],
)
def test_who_disables_and_enables_whom(cast: Any, who: Any, whom: Any) -> None:
    user_id = cast.actors[whom].user_id
    assert not disable_user(actor=cast.actors[who], now=WEDNESDAY, user_id=user_id).is_active
    assert enable_user(actor=cast.actors[who], user_id=user_id).is_active


@pytest.mark.parametrize(
    ("who", "whom", "refusal"),
    [
        ("manager", "agent", Refused),
        ("responsible", "responsible", Refused),
        ("responsible", "stranger", PersonNotFound),
        ("responsible", "agent", PersonNotFound),
        ("engineer", "colleague", Refused),
        ("agent", "engineer", Refused),
        ("contractor", "engineer", Refused),
        ("director", "engineer", Refused),
        ("auditor", "engineer", Refused),
    ],
)
def test_who_does_not(cast: Any, who: Any, whom: Any, refusal: Any) -> None:
    for act in (disable_user, enable_user):
        when = {"now": WEDNESDAY} if act is disable_user else {}
        with pytest.raises(refusal):
            act(actor=cast.actors[who], user_id=cast.actors[whom].user_id, **when)
    assert User.objects.get(pk=cast.actors[whom].user_id).is_active


def test_nobody_disables_nobody(cast: Any) -> None:
    with pytest.raises(Refused):
        disable_user(actor=NOBODY, now=WEDNESDAY, user_id=cast.agent.user_id)
    with pytest.raises(PersonNotFound):
        disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=10**9)


def test_the_last_administrator_stays(cast: Any) -> None:
    with pytest.raises(LastAdministrator):
        disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.administrator.user_id)
    with pytest.raises(LastAdministrator):
        change_roles(actor=cast.administrator, user_id=cast.administrator.user_id, roles=[Role.AGENT])
    second = create_user(
        actor=cast.administrator, now=WEDNESDAY, email="2@example.org", full_name="Второй", roles=[Role.ADMINISTRATOR]
    )
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=second.pk)
    with pytest.raises(LastAdministrator):  # the disabled one does not count
        disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.administrator.user_id)
    enable_user(actor=cast.administrator, user_id=second.pk)
    assert not disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=cast.administrator.user_id).is_active


def test_two_administrators_who_disable_each_other_at_once(own_database: Any) -> None:
    cast = make_cast()
    second = create_user(
        actor=cast.administrator, now=WEDNESDAY, email="2@example.org", full_name="Второй", roles=[Role.ADMINISTRATOR]
    )
    outcomes, start = [], threading.Barrier(2)

    def disable(user_id: int) -> None:
        start.wait()
        try:
            disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=user_id)
            outcomes.append("disabled")
        except LastAdministrator:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=disable, args=[pk]) for pk in (cast.administrator.user_id, second.pk)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["disabled", "refused"]
    assert User.objects.filter(roles__contains=["administrator"], is_active=True).count() == 1
