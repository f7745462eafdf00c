"""Warnings before a contract ends: to whom, by which day, and each once (clause 2.2)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from mespace.accounts.subjects import About
from mespace.customers.contract_news import contract_words, visible_contracts
from mespace.customers.contract_terms import ContractTerms
from mespace.customers.models import ContractWarning, SupportContract
from mespace.customers.operations.add_contract import add_contract
from mespace.customers.operations.end_contract_early import end_contract_early
from mespace.customers.operations.warn_of_ends import warn_of_ends
from mespace.notifications.models import Notification
from mespace.notifications.tasks import announce_to_people
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import Cast

pytestmark = pytest.mark.django_db
END = date(2026, 12, 31)


def on(days_before: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, 31, hour, tzinfo=UTC) - timedelta(days=days_before)


@pytest.fixture
def ending(cast: Cast) -> SupportContract:
    SupportContract.objects.filter(customer=cast.rival).delete()
    SupportContract.objects.filter(pk=cast.contract.pk).update(valid_until=END)
    cast.contract.refresh_from_db()
    return cast.contract


def test_each_threshold_warns_once(cast: Cast, ending: SupportContract) -> None:
    given = [(days, warn_of_ends(now=on(days))) for days in (61, 60, 60, 59, 31, 30, 29, 8, 7, 7, 0, -1)]
    assert [days for days, count in given if count] == [60, 30, 7]
    assert list(ContractWarning.objects.order_by("pk").values_list("days", flat=True)) == [60, 30, 7]
    assert [job["occasion"] for job in queued(Job.ANNOUNCE)] == ["1:60", "1:30", "1:7"]


def test_the_day_is_moscow_s(cast: Cast, ending: SupportContract) -> None:
    assert warn_of_ends(now=datetime(2026, 11, 1, 20, 59, tzinfo=UTC)) == 1  # the 1st in Moscow: 60 days
    ContractWarning.objects.all().delete()
    assert warn_of_ends(now=datetime(2026, 10, 31, 20, 59, tzinfo=UTC)) == 0  # still the 31st: 61 days
    assert warn_of_ends(now=datetime(2026, 10, 31, 21, 0, tzinfo=UTC)) == 1


def test_what_is_entered_late_is_warned_of_at_the_nearest_threshold(cast: Cast, ending: SupportContract) -> None:
    assert warn_of_ends(now=on(5)) == 1
    assert ContractWarning.objects.get().days == 7


def test_a_new_revision_is_warned_of_anew(cast: Cast, ending: SupportContract) -> None:
    assert warn_of_ends(now=on(20)) == 1
    last_day = END - timedelta(days=10)
    end_contract_early(actor=cast.manager, now=on(20), contract_id=ending.pk, last_day=last_day, reason="Линия продана")
    assert warn_of_ends(now=on(20)) == 1
    assert [job["occasion"] for job in queued(Job.ANNOUNCE)] == ["1:30", "2:30"]


def test_a_contract_that_is_continued_ends_silently(cast: Cast, ending: SupportContract) -> None:
    terms = ContractTerms(
        number="ТП-ZAVOD-2",
        title="Договор на техническую поддержку",
        form="paper",
        product_ids=[cast.product.pk],
        signed_on=date(2026, 10, 1),
        valid_from=END + timedelta(days=1),
        valid_until=date(2027, 12, 31),
    )
    add_contract(actor=cast.manager, now=on(90), customer_id=cast.factory.pk, terms=terms, renews_id=ending.pk)
    assert warn_of_ends(now=on(30)) == 0


def test_managers_and_responsible_employees_hear_of_it(cast: Cast, ending: SupportContract) -> None:
    warn_of_ends(now=on(30))
    for _ in range(2):  # a job that runs twice tells nobody twice
        for job in queued(Job.ANNOUNCE):
            announce_to_people(**job)
    told = Notification.objects.filter(kind="contract_ends").values_list("user__email", flat=True)
    assert sorted(told) == ["manager@example.org", "responsible@example.org"]


def test_the_words_name_what_is_refused_and_what_stays(
    cast: Cast, ending: SupportContract, django_assert_num_queries: Any
) -> None:
    about = About("contract_ends", ending.pk, occasion="1:30")
    with translation.override("ru"), django_assert_num_queries(3):
        words = contract_words(cast.responsible, [about])[about]
    assert "ТП-ZAVOD-1" in words.title
    assert "31.12.2026" in words.title
    assert "MES Линия" in words.text
    assert words.url == f"/contracts/{ending.pk}/"
    assert contract_words(cast.manager, [about])[about].url == f"/manage/contracts/{ending.pk}/"
    for who in ("engineer", "stranger", "contractor", "administrator"):
        assert not visible_contracts(cast.actors[who]).filter(pk=ending.pk).exists()
        assert contract_words(cast.actors[who], [about]) == {}
