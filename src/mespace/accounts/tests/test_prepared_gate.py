"""A statement behind a gate is made once for all of the same rights, and lets through what the gate lets through."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.accounts.prepared_gate import PreparedFor
from mespace.platform.prepared import Given

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def people() -> list[User]:
    return [
        User.objects.create(email=f"p{number}@example.org", full_name=name, roles=["agent"], created_at=NOW)
        for number, name in enumerate(("Анна", "Борис", "Вера"))
    ]


def gate(made: list[Actor]) -> PreparedFor[User]:
    """Administrators see everybody, others themselves; who belongs to sites, also the people with those ids."""

    def rows(actor: Actor):  # type: ignore[no-untyped-def]
        made.append(actor)
        if actor.can(Permission.ACCOUNTS_MANAGE):
            return User.objects.order_by("pk")
        if not actor.is_person:
            return User.objects.none()
        own = User.objects.filter(pk=actor.user_id)
        if actor.site_ids is not None:
            own = own | User.objects.filter(pk__any=actor.site_ids)
        return own.filter(is_active=Given("active")).order_by("pk")

    return PreparedFor(rows)


def agent(user: User, sites: frozenset[int] | None = None) -> Actor:
    return Actor.of(user_id=user.pk, roles={Role.AGENT}, name=user.full_name, site_ids=sites)


def test_each_sees_their_own_by_one_statement(people: list[User]) -> None:
    made: list[Actor] = []
    seen = gate(made)
    with CaptureQueriesContext(connection) as asked:
        assert [seen.rows(agent(person), active=True) for person in people] == [[person] for person in people]
    assert len(made) == 1
    assert len({query["sql"] for query in asked}) == 1
    assert seen.first(agent(people[0]), active=False) is None


def test_other_rights_have_another_statement(people: list[User]) -> None:
    made: list[Actor] = []
    seen = gate(made)
    administrator = Actor.of(user_id=people[0].pk, roles={Role.ADMINISTRATOR})
    assert seen.rows(administrator) == people
    assert seen.rows(agent(people[1]), active=True) == [people[1]]
    assert seen.rows(NOBODY, active=True) == []
    assert len(made) == 3


def test_the_narrowed_and_the_others_differ(people: list[User]) -> None:
    made: list[Actor] = []
    seen = gate(made)
    assert seen.rows(agent(people[0], frozenset({people[2].pk})), active=True) == [people[0], people[2]]
    assert seen.rows(agent(people[0], frozenset()), active=True) == [people[0]]
    assert seen.rows(agent(people[0]), active=True) == [people[0]]
    assert len(made) == 2


def test_what_is_made_knows_nobody_in_particular(people: list[User]) -> None:
    made: list[Actor] = []
    gate(made).rows(agent(people[0]), active=True)
    assert isinstance(made[0].user_id, Given)
    assert made[0].name == ""
