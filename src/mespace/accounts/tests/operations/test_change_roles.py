from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations.change_roles import change_roles
from mespace.accounts.permissions import Role


@pytest.mark.parametrize(
    ("who", "whom", "roles"),
    [
        ("administrator", "agent", [Role.MANAGER, Role.AGENT]),
        ("administrator", "engineer", [Role.CUSTOMER_USER]),
        ("manager", "colleague", [Role.CUSTOMER_USER]),
    ],
)
def test_roles_are_replaced(cast: Any, who: Any, whom: Any, roles: Any) -> None:
    user = change_roles(actor=cast.actors[who], user_id=cast.actors[whom].user_id, roles=roles)
    user.refresh_from_db()
    assert user.roles == sorted(roles)


@pytest.mark.parametrize(
    ("whom", "roles"),
    [
        ("agent", []),
        ("agent", [Role.CUSTOMER_USER]),
        ("agent", [Role.AGENT, Role.RESPONSIBLE]),
        ("engineer", [Role.AGENT]),
        ("engineer", [Role.CUSTOMER_USER, Role.RESPONSIBLE]),
        ("engineer", []),
        ("engineer", [Role.RESPONSIBLE]),  # a contract names them
    ],
)
def test_staff_stay_staff_and_customers_people_theirs(cast: Any, whom: Any, roles: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        change_roles(actor=cast.administrator, user_id=cast.actors[whom].user_id, roles=roles)
    assert "roles" in refusal.value.message_dict


@pytest.mark.parametrize("who", ["administrator", "manager"])
def test_a_customer_keeps_a_responsible_employee(cast: Any, who: Any) -> None:
    def demote() -> None:
        change_roles(actor=cast.actors[who], user_id=cast.responsible.user_id, roles=[Role.CUSTOMER_USER])

    with pytest.raises(ValidationError) as refusal:
        demote()
    assert "roles" in refusal.value.message_dict
    User.objects.filter(pk=cast.colleague.user_id).update(roles=[Role.RESPONSIBLE])
    demote()


@pytest.mark.parametrize("who", ["agent", "contractor", "director", "auditor", "responsible", "engineer"])
def test_who_may_not(cast: Any, who: Any) -> None:
    with pytest.raises(Refused):
        change_roles(actor=cast.actors[who], user_id=cast.engineer.user_id, roles=[Role.RESPONSIBLE])


def test_a_manager_makes_no_staff(cast: Any) -> None:
    with pytest.raises(Refused):
        change_roles(actor=cast.manager, user_id=cast.manager.user_id, roles=[Role.ADMINISTRATOR])
    with pytest.raises(PersonNotFound):
        change_roles(actor=cast.manager, user_id=10**9, roles=[Role.RESPONSIBLE])
