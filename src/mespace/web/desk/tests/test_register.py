"""Registering a request for a customer's person who called or wrote."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from mespace.customers.models import Installation
from mespace.platform import clock
from mespace.products.models import Build
from mespace.tickets.models import Ticket
from mespace.web.desk.tests.pages import Form, form_with, forms_of, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with clock.stepped(WEDNESDAY):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast, "agent")


def form_for(client: Client, cast: Cast, who: str = "engineer") -> Form:
    address = f"/desk/new/?person={cast.users[who].pk}"
    return form_with(client.get(address), "subject", address)


SAID = {"type": "bug", "subject": "Звонили: не печатает", "description": "Молчит с утра."}


def test_customer_then_person_then_form(cast: Cast, client: Client) -> None:
    assert str(cast.factory.pk) in form_with(client.get("/desk/new/"), "customer", "/desk/new/").choices["customer"]
    people = client.get(f"/desk/new/?customer={cast.factory.pk}").content.decode()
    assert f"?person={cast.users['engineer'].pk}" in people
    assert f"?person={cast.users['stranger'].pk}" not in people
    assert client.get("/desk/new/?customer=999").status_code == 404
    assert client.get("/desk/new/?person=999").status_code == 404
    form = form_for(client, cast)
    assert form.values["site"] == [str(cast.site.pk)]
    assert form.values["product"] == [str(cast.product.pk)]
    assert set(form.choices["site"]) - {""} == {str(cast.site.pk), str(cast.other_site.pk)}


def test_the_passport_of_the_chosen_site_is_shown_before_it_is_registered(cast: Cast, client: Client) -> None:
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    page = client.get(f"/desk/new/?person={cast.users['engineer'].pk}").content.decode()
    assert "MES Линия 4.12.3" in page
    assert "Оформить обращение можно при любом цвете" in page
    assert f"/sites/{cast.site.pk}/passport/" in page
    chosen = {"site": cast.other_site.pk, "product": cast.product.pk, "build": ""}
    assert "MES Линия" not in client.get("/tickets/passport/", chosen).content.decode()
    newer = Build.objects.create(version=cast.build.version, major=13, minor=0)
    shown = client.get("/tickets/passport/", chosen | {"build": newer.pk}).content.decode()
    assert "MES Линия 4.13.0" in shown


def test_without_scripts_a_button_looks_it_up_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    Installation.objects.create(site=cast.other_site, product=cast.product, build=cast.build)
    form = form_for(client, cast)
    form.names.add("look")  # a button's name
    page = send(client, form, **SAID, site=str(cast.other_site.pk), look="1")
    assert page.status_code == 200
    text = page.content.decode()
    assert "MES Линия 4.12.3" in text
    assert SAID["subject"] in text
    assert SAID["description"] in text
    assert not Ticket.objects.exists()


def test_the_clock_starts_at_the_registration(cast: Cast, client: Client) -> None:
    answer = send(client, form_for(client, cast), **SAID, contact_at="2026-11-18T08:15")
    assert answer.status_code == 303
    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.registered_by) == (cast.users["engineer"], cast.users["agent"])
    assert ticket.contact_at == datetime(2026, 11, 18, 5, 15, tzinfo=UTC)
    assert ticket.registered_at == WEDNESDAY
    assert ticket.reaction_due_at == WEDNESDAY + timedelta(hours=8)
    page = client.get(f"/t/{ticket.key}/").content.decode().replace("\u00a0", " ")
    assert "45 мин" in page
    assert "Оформил" in page


def test_the_same_form_files_once(cast: Cast, client: Client) -> None:
    form = form_for(client, cast)
    assert {send(client, form, **SAID).headers["Location"] for _ in range(2)} == {"/t/ZAVOD-1/"}


def test_what_was_typed_survives_errors(cast: Cast, client: Client) -> None:
    form = form_for(client, cast)
    answer = send(client, form, **(SAID | {"type": "incident", "subject": ""}), critical="on")
    assert answer.status_code == 422
    again = next(form for form in forms_of(answer) if "subject" in form.names)
    assert again.values["description"] == ["Молчит с утра."]
    answer = send(client, form, **(SAID | {"type": "incident"}), critical="on")
    assert answer.status_code == 422
    assert "id_stopped_process_error" in answer.content.decode()
    answer = send(client, form, **SAID, contact_at="2030-01-01T10:00")
    assert answer.status_code == 422
    assert "id_contact_at_error" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_without_a_valid_contract_it_is_refused_by_name(cast: Cast, client: Client) -> None:
    type(cast.contract).objects.filter(pk=cast.contract.pk).update(valid_until=date(2026, 1, 31))
    form = form_for(client, cast)
    answer = send(client, form, **SAID, product=str(cast.product.pk))
    assert answer.status_code == 422
    assert cast.contract.number in answer.content.decode()
    assert "31.01.2026" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-11-18T08:00", "1 ч"),
        ("2026-11-18T12:00", "не могут быть в будущем"),
        ("", ""),
        ("nonsense", ""),
        ("2026-99-99T08:00", ""),
    ],
)
def test_the_delay_is_told_while_typing(cast: Cast, client: Client, typed: str, words: str) -> None:
    answer = client.get("/desk/new/delay/", {"contact_at": typed})
    assert answer.status_code == 200
    assert words in answer.content.decode().replace("\u00a0", " ")
