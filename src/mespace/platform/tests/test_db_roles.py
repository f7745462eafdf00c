"""The application's role adds to the log and can do nothing else to it (clauses 2.1, 5.2)."""

import pytest
from django.db import ProgrammingError, connection

from mespace.platform.db_roles import append_only_tables, excess_rights


@pytest.mark.django_db
def test_tests_connect_as_the_application_which_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper, rolcreaterole from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
def test_no_table_belongs_to_the_application() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)
        cursor.execute("select current_user")
        assert excess_rights(cursor.fetchone()[0]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_the_log_is_closed_to_change(statement: str) -> None:
    assert "ledger_event" in append_only_tables()
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement.format("ledger_event"))


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["accounts_user", "django_session", "procrastinate_jobs", "cache_entries"])
def test_truncate_is_nowhere_allowed(table: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(f"truncate {table} cascade")
