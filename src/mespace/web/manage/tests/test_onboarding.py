"""A manager names a responsible employee, invites them, and sees how it went."""

from datetime import timedelta

import pytest
from django.test import Client

from mespace.accounts.models import User
from mespace.customers.models import ContractPerson
from mespace.platform import clock
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
FORM = {
    "full_name": "Анна Лебедева",
    "email": "anna@example.org",
    "job_title": "",
    "phone": "",
    "named_on": "2026-11-18",
}


@pytest.fixture(autouse=True)
def steps():
    with clock.stepped(WEDNESDAY) as stepped:
        yield stepped


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["manager"])
    return client


def named(cast: Cast, client: Client, **changes: str) -> ContractPerson:
    answer = client.post(f"/manage/contracts/{cast.contract.pk}/responsible/new/", FORM | changes)
    assert answer.status_code == 303, answer.context["form"].errors
    return ContractPerson.objects.latest("pk")


def test_named_invited_by_hand_and_handed_over(cast: Cast, manager: Client, steps) -> None:
    card = manager.get(f"/manage/contracts/{cast.contract.pk}/").content.decode()
    assert f"/manage/contracts/{cast.contract.pk}/responsible/new/" in card
    person = named(cast, manager)
    url = f"/manage/responsible/{person.pk}/"
    assert manager.post(f"{url}handed-over/").status_code == 303
    page = manager.post(f"{url}invitation/", {"by": "hand"})
    path = "/account/link/" + page.content.decode().split("/account/link/")[1].split("<")[0]
    assert Client().get(path).status_code == 200
    steps.step(timedelta(hours=1))
    assert manager.post(f"{url}handed-over/").status_code == 303
    page = manager.get(url)
    assert (page.context["state"], page.context["can_invite"]) == ("done", True)
    rows = manager.get("/manage/onboarding/?shown=done").context["rows"]
    assert [(row["person"], row["state"]) for row in rows] == [(person, "done")]
    assert person.full_name in manager.get(f"/manage/contracts/{cast.contract.pk}/").content.decode()


def test_an_invitation_that_ran_out_is_made_anew(cast: Cast, manager: Client, steps) -> None:
    url = f"/manage/responsible/{named(cast, manager).pk}/"
    manager.post(f"{url}invitation/", {"by": "hand"})
    steps.step(timedelta(days=8))
    page = manager.get(url)
    assert page.context["access"]["at"] is None
    assert page.context["state"] == "overdue"
    manager.post(f"{url}invitation/", {"by": "hand"})
    assert manager.get(url).context["access"]["at"] == WEDNESDAY + timedelta(days=15)


def test_a_mailed_invitation_is_queued(cast: Cast, manager: Client, settings) -> None:
    settings.MAIL_IS_SET = True
    url = f"/manage/responsible/{named(cast, manager).pk}/"
    answer = manager.post(f"{url}invitation/", {"by": "mail"})
    assert answer["Location"] == url
    assert User.objects.filter(email="anna@example.org").exists()


def test_junk_stays_in_the_form(cast: Cast, manager: Client) -> None:
    for changes, field in (
        ({"email": "x"}, "email"),
        ({"email": "stranger@example.org"}, "email"),
        ({"full_name": " "}, "full_name"),
        ({"named_on": "2023-01-01"}, "named_on"),
        ({"named_on": "soon"}, "named_on"),
    ):
        answer = manager.post(f"/manage/contracts/{cast.contract.pk}/responsible/new/", FORM | changes)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert FORM["full_name"].split()[0] in answer.content.decode() or field == "full_name"
    assert manager.get("/manage/contracts/999999/responsible/new/").status_code == 404


def test_striking_is_asked_first_and_needs_a_reason(cast: Cast, manager: Client) -> None:
    person = named(cast, manager)
    url = f"/manage/responsible/{person.pk}/strike/"
    assert manager.post(url).status_code == 303
    assert 'name="confirmed"' in manager.post(url, {"reason": "left"}).content.decode()
    assert manager.post(url, {"reason": "left", "confirmed": "1"}).status_code == 303
    person.refresh_from_db()
    assert (person.struck_for, person.obligation.state) == ("left", "withdrawn")
    assert manager.get(f"/manage/responsible/{person.pk}/").context["state"] == "struck"


def test_who_had_access_or_is_late_is_said_so(cast: Cast, manager: Client) -> None:
    before = named(cast, manager, email="engineer@example.org")
    late = named(cast, manager, named_on="2026-10-01")
    states = {row["person"]: row["state"] for row in manager.get("/manage/onboarding/?shown=done").context["rows"]}
    assert states == {before: "before"}
    (row,) = manager.get("/manage/onboarding/?shown=late").context["rows"]
    assert (row["person"], row["state"], row["was_entered_late"]) == (late, "overdue", True)


def test_the_list_and_the_card_take_a_fixed_number_of_statements(
    cast: Cast, manager: Client, django_assert_max_num_queries
) -> None:
    for number in range(4):
        named(cast, manager, email=f"n{number}@example.org")
    for address in ("/manage/onboarding/", f"/manage/contracts/{cast.contract.pk}/"):
        manager.get(address)
        with django_assert_max_num_queries(14):
            manager.get(address)
