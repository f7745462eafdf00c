"""A number in an address or a form that no row can have is no server error."""

from typing import Any

import pytest
from django.test import Client

BEYOND = "9" * 5000  # Python itself refuses to read so long a number

ADDRESSES = [
    ("administrator", "/people/sign-ins/?before={}"),
    ("administrator", "/people/sign-ins/?person={}"),
    ("administrator", "/people/?after=a|{}"),
    ("manager", "/manage/customers/?after=a|{}"),
    ("manager", "/manage/contracts/?after=2026-01-01|{}"),
    ("agent", "/desk/?customer={}"),
    ("engineer", "/tickets/?site={}"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [BEYOND, "9" * 20, "²", "٣"])
@pytest.mark.parametrize(("who", "address"), ADDRESSES)
def test_a_number_beyond_all_rows_finds_nothing(cast: Any, who: str, address: str, number: str) -> None:
    client = Client()
    client.force_login(cast.users[who])
    assert client.get(address.format(number)).status_code == 200


@pytest.mark.django_db
def test_requests_cannot_be_assigned_to_a_number_that_nobody_has(cast: Any) -> None:
    client = Client()
    client.force_login(cast.users["agent"])
    for number in (BEYOND, "9" * 18):
        assert client.post("/desk/assign/", {"ticket": ["ZAVOD-1"], "assignee": number}).status_code == 303


@pytest.mark.django_db
def test_files_that_no_upload_can_have_are_asked_for_again(cast: Any) -> None:
    client = Client()
    client.force_login(cast.users["engineer"])
    answer = client.post("/tickets/new/", {"key": "k", "attachment_ids": [BEYOND]})
    assert answer.status_code == 422
