from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.accounts.models import User
from mespace.customers.models import Customer, Membership, Site
from mespace.customers.operations.add_person import add_person
from mespace.tickets.operations._place import Place
from tests.cast import WEDNESDAY

NEW = {"full_name": "Анна Лебедева", "email": "anna@example.org", "job_title": "", "phone": "", "home_site": ""}
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
    answer = responsible.post(f"{URL}new/", NEW | {"home_site": str(cast.site.pk)})
    assert answer["Location"] == URL
    person = User.objects.get(email="anna@example.org")
    assert (person.roles, person.time_zone) == (["customer_user"], "Asia/Yekaterinburg")
    membership = Membership.objects.get(user=person)
    assert (membership.home_site, list(membership.sites.all())) == (cast.site, [cast.site])
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
        ({"sites": [str(foreign.pk)]}, "sites"),
        ({"home_site": str(foreign.pk)}, "home_site"),
    ):
        answer = responsible.post(f"{URL}new/", NEW | changes)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]


def test_a_colleague_s_sites_are_changed_and_shown(cast: Any, responsible: Any) -> None:
    Customer.objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
    ticket = cast.file(by="responsible", place=Place(site_id=cast.other_site.pk))
    engineer = client_of(cast, "engineer")
    assert engineer.get(f"/t/{ticket.key}/").status_code == 404
    url = f"{URL}{cast.engineer.user_id}/sites/"
    assert responsible.get(url).context["form"].initial == {"sites": [cast.site.pk], "home_site": cast.site.pk}
    answer = responsible.post(url, {"sites": [cast.other_site.pk], "home_site": cast.other_site.pk})
    assert answer["Location"] == URL
    assert engineer.get(f"/t/{ticket.key}/").status_code == 200
    assert "Завод: площадка 2" in responsible.get(URL).content.decode()
    responsible.post(url, {"home_site": ""})
    assert engineer.get(f"/t/{ticket.key}/").status_code == 404
    assert "нет: видит только свои обращения" in responsible.get(URL).content.decode()


def test_a_site_out_of_use_can_be_kept_but_not_chosen_anew(cast: Any, responsible: Any) -> None:
    Site.objects.filter(pk=cast.site.pk).update(is_active=False)
    assert responsible.post(f"{URL}{cast.engineer.user_id}/sites/", {"sites": [cast.site.pk]}).status_code == 302
    answer = responsible.post(f"{URL}{cast.far_colleague.user_id}/sites/", {"sites": [cast.site.pk]})
    assert list(answer.context["form"].errors) == ["sites"]
    assert list(Membership.objects.get(user=cast.users["far_colleague"]).sites.all()) == [cast.other_site]


def test_whose_sites_may_be_changed(cast: Any, responsible: Any) -> None:
    for name, status in (("stranger", 404), ("agent", 404), ("responsible", 403)):
        path = f"{URL}{cast.actors[name].user_id}/sites/"
        assert responsible.get(path).status_code == status, name
        assert responsible.post(path, {"sites": [cast.other_site.pk]}).status_code == status, name
    assert list(Membership.objects.get(user=cast.users["responsible"]).sites.all()) == [cast.site]


def test_the_list_takes_as_many_statements_for_many_as_for_few(cast: Any, responsible: Any) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert responsible.get(URL).status_code == 200
        return len(taken)

    statements()
    few = statements()
    for number in range(4):
        add_person(
            actor=cast.responsible,
            now=WEDNESDAY,
            customer_id=cast.factory.pk,
            email=f"p{number}@example.org",
            full_name=f"П {number}",
            site_ids=[cast.site.pk, cast.other_site.pk],
        )
    assert statements() == few <= 10


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
    assert client.get(f"{URL}{cast.colleague.user_id}/sites/").status_code == 403
    assert client.get(f"{URL}new/").status_code == 403
    assert client.post(f"{URL}new/", NEW).status_code == 403
