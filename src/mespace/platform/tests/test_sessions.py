"""A session that cannot be saved because the database went away is no session that somebody ended."""

from typing import Any

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection

from mespace.platform.sessions import SessionStore


def test_a_lost_database_is_named_as_what_it_is(own_database: Any, database_server: Any) -> None:
    store = SessionStore()
    store["draft"] = 1
    store.save()
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        row = cursor.fetchone()
    with psycopg.connect(database_server.owner_url("postgres"), autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [row[0]])
    store["draft"] = 2
    with pytest.raises(OperationalError):
        store.save()


def test_a_session_that_was_ended_elsewhere_is_still_told_apart(db: None) -> None:
    store = SessionStore()
    store["draft"] = 1
    store.save()
    SessionStore(store.session_key).delete()
    with pytest.raises(UpdateError):
        store.save()
