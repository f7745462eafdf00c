"""Tables that only grow are tidied, and nothing that is still needed goes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from mespace.platform.forgetting import KEYS_KEPT, forget_old
from mespace.platform.models import IdempotencyKey

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


def test_keys_of_forms_sent_long_ago_are_forgotten_and_younger_ones_are_kept() -> None:
    for name, age in (("old", KEYS_KEPT + SECOND), ("young", KEYS_KEPT)):
        IdempotencyKey.objects.create(actor="user:1", key=name, act="comment", digest="", created_at=NOW - age)
    assert forget_old(now=NOW) == 1
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["young"]


def test_sessions_that_ended_by_themselves_are_forgotten() -> None:
    for name, ends in (("ended", NOW - SECOND), ("running", NOW)):
        Session.objects.create(session_key=name, session_data="", expire_date=ends)
    assert forget_old(now=NOW) == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]
