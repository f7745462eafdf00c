"""Calls and mails at the desk: noting one while talking, the list, and what becomes of a contact."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.accounts.actor import TIMER
from mespace.platform import clock
from mespace.platform.files import receive
from mespace.tickets.models import Contact, Ticket
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations.log_contact import NewContact, log_contact
from mespace.web.desk.tests.pages import form_to, form_with, send, signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_nine() -> Iterator[None]:
    with clock.stepped(WEDNESDAY):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast, "agent")


def noted(cast: Cast, **changes: Any) -> Contact:
    fields = {
        "channel": "phone",
        "at": WEDNESDAY - timedelta(minutes=30),
        "said": "Принтер молчит.\nС утра.",
        "caller": Caller(person_id=cast.engineer.user_id),
        **changes,
    }
    return log_contact(actor=cast.agent, now=WEDNESDAY, new=NewContact(**fields))


def test_a_call_is_noted_and_registered_in_one_go(cast: Cast, client: Client) -> None:
    form = form_with(client.get("/desk/contacts/new/"), "said", "/desk/contacts/new/")
    assert form.values["at"] == ["2026-11-18T09:00"]
    form.names |= {"register", "find"}
    found = send(client, form, q="engineer", said="Молчит принтер", find="1")
    assert found.status_code == 200
    form = form_with(found, "said", "/desk/contacts/new/")
    who = f"p{cast.engineer.user_id}"
    assert who in form.choices["who"]
    assert form.values["said"] == ["Молчит принтер"]
    assert not Contact.objects.exists()
    form.names |= {"register"}
    answer = send(client, form, who=who, register="1", at="2026-11-18T08:40")
    contact = Contact.objects.get()
    assert answer.headers["Location"] == f"/desk/new/?contact={contact.pk}"
    address = answer.headers["Location"]
    registering = form_with(client.get(address), "subject", address)
    assert registering.values["subject"] == ["Молчит принтер"]
    assert registering.values["description"] == ["Молчит принтер"]
    assert "contact_at" not in registering.names  # it is shown, and cannot be changed
    answer = send(client, registering, type="bug")
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/t/{ticket.key}/"
    assert ticket.contact_at == WEDNESDAY - timedelta(minutes=20)
    assert client.get(address).headers["Location"] == f"/t/{ticket.key}/"
    assert f"/desk/contacts/{contact.pk}/" in client.get(f"/t/{ticket.key}/").content.decode()
    theirs = signed_in(cast, "engineer").get(f"/t/{ticket.key}/").content.decode()
    assert "08:40" in theirs or "10:40" in theirs
    assert "/desk/contacts/" not in theirs


def test_the_choices_keep_who_was_chosen(cast: Cast, client: Client) -> None:
    who = f"p{cast.engineer.user_id}"
    page = client.get("/desk/contacts/new/callers/", {"q": "Соперник", "who": who}).content.decode()
    assert f'value="{who}" checked' in page
    assert f'value="c{cast.rival.pk}"' in page
    beside = client.get("/desk/contacts/new/beside/", {"who": who}).content.decode()
    assert cast.contract.number in beside
    for junk in ("", "x", "p", "pp1", "p999999999999999999999", "c0"):
        assert client.get("/desk/contacts/new/beside/", {"who": junk}).status_code == 200


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(cast: Cast, client: Client) -> None:
    form = form_with(client.get("/desk/contacts/new/"), "said", "/desk/contacts/new/")
    answer = send(client, form, said="", caller_name="Пётр")
    assert answer.status_code == 422
    assert "id_said_error" in answer.content.decode()
    again = form_with(answer, "said", "/desk/contacts/new/")
    assert again.values["caller_name"] == ["Пётр"]
    answer = send(client, again, said="Что-то", at="2030-01-01T10:00")
    assert answer.status_code == 422
    assert "id_at_error" in answer.content.decode()


def test_the_same_form_notes_one_contact(client: Client, cast: Cast) -> None:
    form = form_with(client.get("/desk/contacts/new/"), "said", "/desk/contacts/new/")
    assert {send(client, form, said="Раз").headers["Location"] for _ in range(2)} == {
        f"/desk/contacts/{Contact.objects.get().pk}/"
    }


def test_a_contact_about_a_request_and_one_that_needs_none(cast: Cast, client: Client) -> None:
    ticket = cast.file()
    first, second = noted(cast), noted(cast)
    page = client.get(f"/desk/contacts/{first.pk}/")
    assert "30 мин" in page.content.decode().replace("\u00a0", " ")
    wrong = send(client, form_to(page, "/attach/"), ticket="ZAVOD-99")
    assert wrong.status_code == 422
    assert "ZAVOD-99" in wrong.content.decode()
    assert send(client, form_to(page, "/attach/"), ticket=ticket.key).status_code == 303
    assert f"/desk/contacts/{first.pk}/" in client.get(f"/t/{ticket.key}/").content.decode()
    empty = client.post(f"/desk/contacts/{second.pk}/dismiss/", {"reason": " "})
    assert empty.status_code == 422
    assert send(client, form_to(empty, "/dismiss/"), reason="Ответили сразу").status_code == 303
    assert "Ответили сразу" in client.get(f"/desk/contacts/{second.pk}/").content.decode()


def test_who_it_was_is_said_later(cast: Cast, client: Client) -> None:
    contact = noted(cast, caller=Caller(name="Голос"))
    address = f"/desk/contacts/{contact.pk}/edit/"
    form = form_with(client.get(address), "said", address)
    form.names |= {"find", "who"}
    form = form_with(send(client, form, q="engineer", find="1"), "said", address)
    assert send(client, form, who=f"p{cast.engineer.user_id}").status_code == 303
    contact.refresh_from_db()
    assert (contact.person, contact.caller_name) == (cast.users["engineer"], "Голос")


def test_files_of_a_mail_are_offered_and_come_along(cast: Cast, client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path
    files = [receive(name=name, chunks=[b"offline"], limit=1000) for name in ("one.txt", "two.txt")]
    new = NewContact(
        "mail", WEDNESDAY, "Во вложении", caller=Caller(person_id=cast.engineer.user_id), subject="Журнал", files=files
    )
    contact = log_contact(actor=TIMER, now=WEDNESDAY, new=new)
    one, two = contact.files.all()
    download = client.get(f"/desk/contacts/{contact.pk}/file/{one.pk}/")
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"/desk/contacts/{contact.pk}/file/999/").status_code == 404
    address = f"/desk/new/?contact={contact.pk}"
    form = form_with(client.get(address), "subject", address)
    assert form.values["contact_files"] == [str(one.pk), str(two.pk)]
    assert form.values["subject"] == ["Журнал"]
    assert send(client, form, type="bug", contact_files=str(two.pk)).status_code == 303
    assert [file.name for file in Ticket.objects.get().attachments.all()] == ["two.txt"]


def test_an_unknown_caller_s_customer_and_person_are_chosen_on_the_way(cast: Cast, client: Client) -> None:
    contact = noted(cast, caller=Caller(name="Голос"))
    page = client.get(f"/desk/new/?contact={contact.pk}")
    assert form_with(page, "customer", "/desk/new/").values["contact"] == [str(contact.pk)]
    people = client.get(f"/desk/new/?customer={cast.factory.pk}&contact={contact.pk}").content.decode()
    assert f"?person={cast.users['engineer'].pk}&amp;contact={contact.pk}" in people
    assert client.get("/desk/new/?contact=999").status_code == 404


def test_the_list_is_filtered_by_its_address(cast: Cast, client: Client) -> None:
    known = noted(cast)
    noted(cast, caller=Caller(name="Голос"), said="О весах", channel="other")
    page = client.get(f"/desk/contacts/?customer={cast.factory.pk}").content.decode()
    assert f"contact-{known.pk}" in page
    assert "О весах" not in page
    assert "О весах" in client.get("/desk/contacts/?q=весы").content.decode()
    assert client.get("/desk/contacts/?state=junk&channel=junk&outcome=junk&customer=junk").status_code == 200
    assert client.get("/desk/contacts/?cursor=junk").status_code == 400
    rows = client.get("/desk/contacts/?part=rows")
    assert client.get("/desk/contacts/?part=rows", HTTP_IF_NONE_MATCH=rows.headers["ETag"]).status_code == 304


def test_statements_are_few(cast: Cast, client: Client) -> None:
    for _ in range(5):
        contact = noted(cast)
    urls = {  # on whole pages, the bell's number among them
        "/desk/contacts/": 8,
        "/desk/contacts/?part=rows": 4,
        f"/desk/contacts/{contact.pk}/": 12,
        "/desk/contacts/new/": 7,
        f"/desk/contacts/new/callers/?q=engineer&who=p{cast.engineer.user_id}": 6,
    }
    for url, most in urls.items():
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        assert len(captured) <= most, (url, [each["sql"][:150] for each in captured])
