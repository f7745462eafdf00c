"""Rows written by kept statements are as `save()` would have written them."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from mespace.accounts.models import User
from mespace.ledger.models import Stream
from mespace.platform.writing import insert, insert_all, update


def test_a_new_row_has_its_key_and_is_stored(db: None) -> None:
    stream = Stream(subject="ticket")
    with CaptureQueriesContext(connection) as seen:
        insert(stream)
    assert len(seen.captured_queries) == 1
    assert Stream.objects.get() == stream
    stream.refresh_from_db()
    assert (stream.head_seq, stream.head_at, stream._state.adding) == (0, None, False)


def test_many_rows_are_one_statement(db: None) -> None:
    streams = [Stream(subject=f"s{number}") for number in range(3)]
    with CaptureQueriesContext(connection) as seen:
        insert_all(streams)
        insert_all([])
    assert len(seen.captured_queries) == 1
    assert {each.subject for each in Stream.objects.all()} == {"s0", "s1", "s2"}


def test_only_the_named_fields_change(db: None) -> None:
    stream = Stream(subject="ticket")
    insert(stream)
    stream.head_seq, stream.subject = 4, "other"
    update(stream, ["head_seq"])
    stored = Stream.objects.get()
    assert (stored.head_seq, stored.subject) == (4, "ticket")


def test_a_row_that_is_not_there_is_an_error(db: None) -> None:
    with pytest.raises(DatabaseError, match=r"no ledger\.stream"):
        update(Stream(subject="ticket"), ["head_seq"])


def test_audited_models_are_refused(db: None) -> None:
    with pytest.raises(TypeError, match="audited"):
        update(User(), ["full_name"])
