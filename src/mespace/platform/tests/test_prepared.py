"""Prepared statements give what the QuerySet would give, and PostgreSQL keeps their plans."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from mespace.accounts.models import User
from mespace.platform.prepared import Given, Prepared, PreparedCounts, run

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def people(db: None) -> list[User]:
    return [
        User.objects.create(email=f"p{number}@example.org", full_name=name, roles=["agent"], created_at=NOW)
        for number, name in enumerate(("Анна 100%", "Борис", "Вера"))
    ]


def test_the_rows_are_those_of_the_queryset(people: list[User]) -> None:
    by_name = Prepared(lambda: User.objects.filter(full_name=Given("name"), is_active=True))
    assert by_name.rows(name="Борис") == [people[1]]
    assert by_name.first(name="Вера") == people[2]
    assert by_name.first(name="Никто") is None
    read = by_name.rows(name="Анна 100%")[0]
    assert (read.roles, read.created_at, read.full_name) == (["agent"], NOW, "Анна 100%")


def test_values_come_as_values(people: list[User]) -> None:
    named = User.objects.filter(pk__any=Given("ids")).order_by("pk")
    pks = [user.pk for user in people]
    assert Prepared(lambda: named.values_list("pk", flat=True)).rows(ids=pks) == pks
    assert Prepared(lambda: named.values_list("pk", "roles")).rows(ids=pks[:1]) == [(pks[0], ["agent"])]


def test_one_text_serves_any_number_of_values(people: list[User]) -> None:
    named = Prepared(lambda: User.objects.filter(pk__any=Given("ids")))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert named.rows(ids=[]) == []
        assert len(named.rows(ids=[user.pk for user in people])) == 3
    assert len({query["sql"] for query in seen}) == 1
    assert list(User.objects.filter(pk__any=[people[0].pk])) == [people[0]]


def test_what_is_fixed_stands_in_the_text_and_percent_signs_survive(people: list[User]) -> None:
    fixed = Prepared(lambda: User.objects.filter(full_name="Анна 100%", is_active=Given("active")))
    assert fixed.rows(active=True) == [people[0]]
    assert fixed.rows(active=False) == []


def test_nothing_is_asked_for_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert Prepared(User.objects.none).rows() == []
    assert not seen.captured_queries


def test_counts_of_several_in_one_statement(people: list[User]) -> None:
    counts = PreparedCounts(
        lambda: {
            "all": User.objects.all()[:2],
            "one": User.objects.filter(full_name=Given("name"))[:2],
            "none": User.objects.none(),
        }
    )
    with CaptureQueriesContext(connection) as seen:
        assert counts.counted(name="Борис") == {"all": 2, "one": 1, "none": 0}
    assert len(seen.captured_queries) == 1


def test_the_plan_is_kept_by_the_server(people: list[User]) -> None:
    marked = Prepared(lambda: User.objects.filter(phone="kept by the server", email=Given("email")))
    marked.rows(email="a")
    marked.rows(email="b")
    kept = "SELECT count(*), max(generic_plans + custom_plans) FROM pg_prepared_statements WHERE statement LIKE %s"
    assert run(kept, ["%kept by the server%"])[0] == (1, 2)


def test_errors_are_django_s_and_a_rollback_forgets_nothing_needed(people: list[User]) -> None:
    by_pk = Prepared(lambda: User.objects.filter(pk=Given("pk")))
    assert by_pk.first(pk=people[0].pk) == people[0]
    with pytest.raises(ProgrammingError), transaction.atomic():
        run("SELECT no_such_column", [])
    assert by_pk.first(pk=people[0].pk) == people[0]


def test_threads_share_the_text_and_not_the_connection(own_database: Any) -> None:
    user = User.objects.create(email="t@example.org", full_name="Тимофей", roles=["agent"], created_at=NOW)
    by_pk = Prepared(lambda: User.objects.filter(pk=Given("pk")))
    found: list[User | None] = []

    def look() -> None:
        try:
            found.append(by_pk.first(pk=user.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [user] * 4


def test_a_statement_goes_on_after_one_that_failed(people: list[User]) -> None:
    by_pk = Prepared(lambda: User.objects.filter(pk=Given("pk")))
    assert by_pk.rows(pk=people[0].pk) == [people[0]]
    with pytest.raises(DataError), transaction.atomic():
        by_pk.rows(pk="no number")
    assert by_pk.rows(pk=people[1].pk) == [people[1]]


def test_each_connection_has_cursors_of_its_own_and_keeps_no_rows(people: list[User]) -> None:
    run("SELECT full_name FROM accounts_user WHERE id = %(pk)s", {"pk": people[0].pk})
    kept = vars(connection.connection)["prepared_cursors"]
    cursor = kept["SELECT full_name FROM accounts_user WHERE id = %(pk)s"]
    assert cursor.connection is connection.connection
    assert cursor.pgresult is None
    assert run("SELECT full_name FROM accounts_user WHERE id = %(pk)s", {"pk": people[1].pk}) == [("Борис",)]
    assert kept["SELECT full_name FROM accounts_user WHERE id = %(pk)s"] is cursor


def test_instants_are_in_utc(people: list[User]) -> None:
    (at,) = run("SELECT created_at FROM accounts_user WHERE id = %s", [people[0].pk])[0]
    assert at == NOW
    assert at.utcoffset() == timedelta(0)


def test_a_connection_keeps_the_plans_of_people_of_all_rights(people: list[User]) -> None:
    texts = [f"SELECT {number} AS one_of_many FROM accounts_user WHERE id = %s" for number in range(150)]
    for text in texts:
        run(text, [people[0].pk])
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
    assert run(kept, ["SELECT % AS one_of_many %"]) == [(150,)]
