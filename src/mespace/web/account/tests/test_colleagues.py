from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from mespace.accounts.models import User
from mespace.customers.models import Membership

NEW = {"full_name": "Анна Лебедева", "email": "anna@example.org", "job_title": "", "phone": "", "site": ""}
URL = "/account/colleagues/"


def client_of(cast: Any, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


@pytest.fixture
def responsible(cast: Any) -> Any:
    cache.clear()
    return client_of(cast, "responsible")


def names(client: Client) -> list[str]:
    return [row["person"].full_name for row in client.get(URL).context["rows"]]


def test_all_of_the_own_company_and_nobody_else(cast: Any, responsible: Any) -> None:
    assert names(responsible) == ["Colleague", "Engineer", "Far Colleague", "Responsible"]


def test_a_colleague_is_created_invited_and_disabled(cast: Any, responsible: Any) -> None:
    answer = responsible.post(f"{URL}new/", NEW | {"site": str(cast.site.pk)})
    assert answer["Location"] == URL
    person = User.objects.get(email="anna@example.org")
    assert (person.roles, person.time_zone) == (["customer_user"], "Asia/Yekaterinburg")
    assert Membership.objects.get(user=person).home_site == cast.site
    page = responsible.post(f"{URL}{person.pk}/invitation/").content.decode()
    path = "/account/link/" + page.split("/account/link/")[1].split('"')[0]
    assert Client().get(path).status_code == 200
    asked = responsible.post(f"{URL}{person.pk}/disabling/").content.decode()
    assert 'name="confirmed"' in asked
    assert User.objects.get(pk=person.pk).is_active
    responsible.post(f"{URL}{person.pk}/disabling/", {"confirmed": "1"})
    assert not User.objects.get(pk=person.pk).is_active
    assert Client().get(path).status_code == 410
    assert responsible.post(f"{URL}{person.pk}/invitation/").status_code == 302
    responsible.post(f"{URL}{person.pk}/enabling/")
    assert User.objects.get(pk=person.pk).is_active


def test_junk_stays_in_the_form(cast: Any, responsible: Any) -> None:
    foreign = cast.rival.sites.get()
    for changes, field in (
        ({"email": "x"}, "email"),
        ({"email": "stranger@example.org"}, "email"),
        ({"full_name": " "}, "full_name"),
        ({"site": str(foreign.pk)}, "site"),
    ):
        answer = responsible.post(f"{URL}new/", NEW | changes)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]


def test_strangers_are_404_and_responsible_employees_403(cast: Any, responsible: Any) -> None:
    for act in ("invitation", "disabling", "enabling"):
        for name, status in (("stranger", 404), ("agent", 404), ("responsible", 403)):
            path = f"{URL}{cast.actors[name].user_id}/{act}/"
            assert responsible.post(path, {"confirmed": "1"}).status_code == status, (act, name)
    assert cast.users["stranger"].is_active


@pytest.mark.parametrize(
    "name", ["engineer", "stranger", "agent", "contractor", "manager", "director", "auditor", "administrator"]
)
def test_the_page_is_for_responsible_employees(cast: Any, name: Any) -> None:
    client = client_of(cast, name)
    assert client.get(URL).status_code == 403
    assert client.get(f"{URL}new/").status_code == 403
    assert client.post(f"{URL}new/", NEW).status_code == 403
