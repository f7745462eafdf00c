from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.disabling import disable_user
from mespace.accounts.errors import AccountDisabled, AlreadyHasPassword, LinkNotValid, PersonNotFound
from mespace.accounts.models import PasswordLink, User
from mespace.accounts.operations.accept_invitation import accept_invitation
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.operations.invite import invite
from mespace.accounts.operations.mail_invitation import mail_invitation
from mespace.accounts.operations.reset_password import reset_password
from mespace.accounts.permissions import Role
from tests.cast import WEDNESDAY

GOOD = "лампа трактор озеро 7"


@pytest.fixture
def newcomer(cast: Any) -> Any:
    return create_user(
        actor=cast.administrator, now=WEDNESDAY, email="new@example.org", full_name="Новый", roles=[Role.AGENT]
    )


@pytest.fixture
def colleague(cast: Any) -> Any:
    return without_password(cast.users["colleague"])


def without_password(user: User) -> User:
    user.set_unusable_password()
    user.save()
    return user


def test_the_token_is_kept_as_a_digest_only_and_sets_the_password_once(cast: Any, newcomer: Any) -> None:
    link = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    row = PasswordLink.objects.get()
    assert row.token_hash == sha256(link.token.encode()).hexdigest()
    assert row.created_by_id == cast.administrator.user_id
    assert link.expires_at == WEDNESDAY + timedelta(days=7)
    user = accept_invitation(token=link.token, password=GOOD, now=WEDNESDAY + timedelta(days=6))
    assert user == newcomer
    assert User.objects.get(pk=newcomer.pk).check_password(GOOD)
    with pytest.raises(LinkNotValid):
        accept_invitation(token=link.token, password=GOOD, now=WEDNESDAY)


def test_a_second_invitation_replaces_the_first(cast: Any, newcomer: Any) -> None:
    first = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    second = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(LinkNotValid):
        accept_invitation(token=first.token, password=GOOD, now=WEDNESDAY)
    assert accept_invitation(token=second.token, password=GOOD, now=WEDNESDAY).pk == newcomer.pk


def test_it_ends_to_the_second_after_seven_days(cast: Any, newcomer: Any) -> None:
    link = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(LinkNotValid):
        accept_invitation(token=link.token, password=GOOD, now=link.expires_at)
    assert accept_invitation(token=link.token, password=GOOD, now=link.expires_at - timedelta(seconds=1))


@pytest.mark.parametrize("token", ["", "x", "x" * 5000])
def test_an_unknown_token(db: Any, token: Any) -> None:
    with pytest.raises(LinkNotValid):
        accept_invitation(token=token, password=GOOD, now=WEDNESDAY)


def test_an_invitation_is_no_reset_link(cast: Any, newcomer: Any) -> None:
    link = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(LinkNotValid):
        reset_password(token=link.token, password=GOOD, now=WEDNESDAY)


@pytest.mark.parametrize("weak", ["", "short", "Password1234", "new@example.org", "482910573829"])
def test_a_weak_password_leaves_the_link_open(cast: Any, newcomer: Any, weak: Any) -> None:
    link = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(token=link.token, password=weak, now=WEDNESDAY)
    assert refusal.value.message_dict["password"]
    assert accept_invitation(token=link.token, password=GOOD, now=WEDNESDAY)


def test_disabling_kills_it(cast: Any, newcomer: Any) -> None:
    link = invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    disable_user(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(LinkNotValid):
        accept_invitation(token=link.token, password=GOOD, now=WEDNESDAY)
    with pytest.raises(AccountDisabled):
        invite(actor=cast.administrator, now=WEDNESDAY, user_id=newcomer.pk)


def test_whoever_has_a_password_needs_no_invitation(cast: Any) -> None:
    for act in (invite, mail_invitation):
        when = {"now": WEDNESDAY} if act is invite else {}
        with pytest.raises(AlreadyHasPassword):
            act(actor=cast.administrator, user_id=cast.agent.user_id, **when)


@pytest.mark.parametrize("name", ["administrator", "manager", "responsible"])
def test_who_invites_a_customers_person(cast: Any, colleague: Any, name: Any) -> None:
    assert invite(actor=cast.actors[name], now=WEDNESDAY, user_id=colleague.pk).token


@pytest.mark.parametrize("name", ["agent", "contractor", "director", "auditor", "engineer", "stranger"])
def test_who_does_not(cast: Any, colleague: Any, name: Any) -> None:
    with pytest.raises(Refused):
        invite(actor=cast.actors[name], now=WEDNESDAY, user_id=colleague.pk)
    with pytest.raises(Refused):
        invite(actor=NOBODY, now=WEDNESDAY, user_id=colleague.pk)


def test_another_customers_person_does_not_exist(cast: Any) -> None:
    theirs = without_password(cast.users["stranger"])
    for person_id in (theirs.pk, cast.agent.user_id, 10**9):
        with pytest.raises(PersonNotFound):
            invite(actor=cast.responsible, now=WEDNESDAY, user_id=person_id)


def test_managers_leave_staff_to_administrators(cast: Any, newcomer: Any) -> None:
    with pytest.raises(Refused):
        invite(actor=cast.manager, now=WEDNESDAY, user_id=newcomer.pk)
    with pytest.raises(PersonNotFound):
        invite(actor=cast.manager, now=WEDNESDAY, user_id=10**9)
