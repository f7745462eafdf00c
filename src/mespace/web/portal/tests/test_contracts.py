"""A responsible employee's contracts, and what is said before one ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.platform import clock
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def ends_in(cast: Cast, days: int) -> None:
    SupportContract.objects.filter(pk=cast.contract.pk).update(
        valid_until=moscow_date(clock.now()) + timedelta(days=days)
    )


def test_the_contract_says_what_it_covers_and_what_ends(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast, "responsible")
    assert "ТП-ZAVOD-1" in client.get(reverse("contracts")).content.decode()
    with django_assert_max_num_queries(15):
        page = client.get(reverse("contract", args=[cast.contract.pk])).content.decode()
    for words in ("MES Линия", "2019-09-01", "Что закончится вместе с ним", "Редакция 1", "Responsible"):
        assert words in page, words
    page = client.get(reverse("contract_revision", args=[cast.contract.pk, 1])).content.decode()
    assert "Договор на техническую поддержку" in page


@pytest.mark.parametrize(("days", "is_said"), [(61, False), (60, True), (7, True), (0, True), (-1, False)])
def test_responsible_employees_are_told_above_their_requests(cast: Cast, days: int, is_said: bool) -> None:
    ends_in(cast, days)
    said = "После этого дня нельзя подать обращение" in signed_in(cast, "responsible").get("/tickets/").content.decode()
    assert said is is_said
    assert "После этого дня" not in signed_in(cast, "engineer").get("/tickets/").content.decode()


def test_the_menu_names_the_contract_for_responsible_employees_alone(cast: Cast) -> None:
    url = f'href="{reverse("contracts")}"'
    assert url in signed_in(cast, "responsible").get("/tickets/").content.decode()
    assert url not in signed_in(cast, "engineer").get("/tickets/").content.decode()
