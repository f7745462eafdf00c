from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.customers.actors import actor_of
from mespace.customers.errors import CustomerNotFound
from mespace.customers.operations.add_person import add_person
from tests.cast import WEDNESDAY

NEW = {"now": WEDNESDAY, "email": "new@example.org", "full_name": "Новая"}


def test_a_manager_adds_anybody_with_sites(cast: Any) -> None:
    membership = add_person(
        actor=cast.manager,
        customer_id=cast.factory.pk,
        role=Role.RESPONSIBLE,
        site_ids=[cast.other_site.pk],
        home_site_id=cast.site.pk,
        **NEW,
    )
    assert membership.user.roles == ["responsible"]
    assert membership.home_site == cast.site
    assert set(membership.sites.all()) == {cast.site, cast.other_site}
    assert actor_of(membership.user).customer_id == cast.factory.pk


def test_a_responsible_employee_adds_colleagues(cast: Any) -> None:
    membership = add_person(actor=cast.responsible, customer_id=cast.factory.pk, **NEW)
    assert membership.user.roles == ["customer_user"]
    assert not membership.user.has_usable_password()


def test_but_not_responsible_ones_nor_elsewhere(cast: Any) -> None:
    with pytest.raises(Refused):
        add_person(actor=cast.responsible, customer_id=cast.factory.pk, role=Role.RESPONSIBLE, **NEW)
    with pytest.raises(CustomerNotFound):
        add_person(actor=cast.responsible, customer_id=cast.rival.pk, **NEW)


@pytest.mark.parametrize("who", ["agent", "contractor", "director", "auditor", "administrator", "engineer", "stranger"])
def test_who_may_not(cast: Any, who: Any) -> None:
    with pytest.raises(Refused):
        add_person(actor=cast.actors[who], customer_id=cast.factory.pk, **NEW)
    with pytest.raises(Refused):
        add_person(actor=NOBODY, customer_id=cast.factory.pk, **NEW)


def test_all_or_nothing(cast: Any) -> None:
    foreign = cast.rival.sites.get()
    for changes, field in (
        ({"site_ids": [foreign.pk]}, "sites"),
        ({"home_site_id": foreign.pk}, "sites"),
        ({"role": Role.AGENT}, "role"),
        ({"email": "engineer@example.org"}, "email"),
    ):
        with pytest.raises(ValidationError) as refusal:
            add_person(actor=cast.manager, customer_id=cast.factory.pk, **NEW | changes)
        assert list(refusal.value.message_dict) == [field]
    assert not User.objects.filter(email="new@example.org").exists()
    with pytest.raises(CustomerNotFound):
        add_person(actor=cast.manager, customer_id=10**9, **NEW)
