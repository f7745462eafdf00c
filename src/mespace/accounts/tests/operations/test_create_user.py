import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.models import User
from mespace.accounts.operations.create_user import create_user
from mespace.accounts.permissions import Role
from tests.cast import WEDNESDAY, make_cast

NEW = {
    "now": WEDNESDAY,
    "email": " Olga.New@Example.org ",
    "full_name": "Ольга  Новая",
    "roles": [Role.AGENT, Role.MANAGER],
}


def test_an_account_without_password_and_with_a_verified_address(cast: Any) -> None:
    user = create_user(actor=cast.administrator, **NEW)
    assert (user.email, user.full_name, user.roles) == ("olga.new@example.org", "Ольга Новая", ["agent", "manager"])
    assert not user.has_usable_password()
    assert user.created_at == WEDNESDAY
    address = user.emailaddress_set.get()
    assert (address.email, address.verified, address.primary) == ("olga.new@example.org", True, True)


@pytest.mark.parametrize(
    "name", ["agent", "contractor", "manager", "director", "auditor", "engineer", "responsible", "stranger"]
)
def test_only_administrators_create_staff(cast: Any, name: Any) -> None:
    with pytest.raises(Refused):
        create_user(actor=cast.actors[name], **NEW)
    with pytest.raises(Refused):
        create_user(actor=NOBODY, **NEW)


@pytest.mark.parametrize("roles", [[], [Role.CUSTOMER_USER], [Role.AGENT, Role.RESPONSIBLE]])
def test_customers_roles_are_not_given_here(cast: Any, roles: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        create_user(actor=cast.administrator, **NEW | {"roles": roles})
    assert "roles" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "AGENT@example.org"),
        ("email", "no address"),
        ("email", ""),
        ("full_name", "   "),
        ("full_name", "x" * 201),
        ("time_zone", "Moon/Base"),
        ("language", "fr"),
    ],
)
def test_junk_is_refused_by_field(cast: Any, field: Any, value: Any) -> None:
    before = User.objects.count()
    with pytest.raises(ValidationError) as refusal:
        create_user(actor=cast.administrator, **NEW | {field: value})
    assert list(refusal.value.message_dict) == [field]
    assert User.objects.count() == before


def test_two_at_once_with_one_address_make_one_account(own_database: Any) -> None:
    administrator = make_cast().administrator
    outcomes, start = [], threading.Barrier(4)

    def create() -> None:
        start.wait()
        try:
            create_user(actor=administrator, **NEW)
            outcomes.append("created")
        except ValidationError as refusal:
            outcomes.append(",".join(refusal.message_dict))
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["created", "email", "email", "email"]
