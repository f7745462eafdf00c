from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from mespace.accounts.actor import NOBODY
from mespace.accounts.backend import Backend
from mespace.accounts.models import User
from mespace.customers.actors import actor_of
from mespace.customers.models import Membership


def test_staff_cost_no_query(cast: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        actor = actor_of(cast.users["agent"])
    assert actor == cast.agent


@pytest.mark.parametrize("name", ["engineer", "responsible", "stranger"])
def test_a_customers_person_costs_one(cast: Any, django_assert_num_queries: Any, name: Any) -> None:
    user = User.objects.get(pk=cast.users[name].pk)
    with django_assert_num_queries(1):
        actor = actor_of(user)
    assert actor == cast.actors[name]


def test_a_session_s_person_brings_it_along(cast: Any, django_assert_num_queries: Any) -> None:
    for name in ("engineer", "responsible", "agent"):
        user = Backend().get_user(cast.users[name].pk)
        assert user is not None
        with django_assert_num_queries(0):
            assert actor_of(user) == cast.actors[name]


def test_sites_are_narrowed_only_where_the_customer_wishes_and_never_for_the_responsible(cast: Any) -> None:
    cast.factory.narrow_to_sites = True
    cast.factory.save()
    assert actor_of(cast.users["engineer"]).site_ids == frozenset({cast.site.pk})
    assert actor_of(cast.users["far_colleague"]).site_ids == frozenset({cast.other_site.pk})
    assert actor_of(cast.users["responsible"]).site_ids is None
    assert actor_of(cast.users["stranger"]).site_ids is None


def test_without_own_sites_there_is_nothing_but_ones_own(cast: Any) -> None:
    cast.factory.narrow_to_sites = True
    cast.factory.save()
    cast.users["engineer"].membership.sites.clear()
    assert actor_of(cast.users["engineer"]).site_ids == frozenset()


def test_nobody(cast: Any) -> None:
    assert actor_of(AnonymousUser()) is NOBODY
    cast.users["agent"].is_active = False
    assert actor_of(cast.users["agent"]) is NOBODY
    Membership.objects.filter(user=cast.users["engineer"]).delete()
    assert actor_of(cast.users["engineer"]) is NOBODY
