"""Importing on the pages, amending with a file, and asking who goes on."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mespace.accounts.models import User
from mespace.customers.models import CustomerImport
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["manager"])
    return client


def upload(manager: Client, cast: Cast, text: str, kind: str = "people") -> Any:
    file = SimpleUploadedFile("люди.csv", text.encode())
    return manager.post(reverse("manage:import_new", args=[cast.factory.pk]), {"kind": kind, "file": file})


def test_a_table_is_looked_at_and_then_imported(cast: Cast, manager: Client) -> None:
    template = manager.get(reverse("manage:import_template", args=["people"]))
    assert template["Content-Disposition"].startswith("attachment")
    assert manager.get(reverse("manage:import_template", args=["nothing"])).status_code == 404
    sent = upload(manager, cast, "ФИО;Почта\nАнна;anna@zavod.example\nEngineer;engineer@example.org\n")
    page = manager.get(sent["Location"]).content.decode()
    assert "добавится: 1" in page
    assert "Загрузить всё" in page
    assert not User.objects.filter(email="anna@zavod.example").exists()
    row = CustomerImport.objects.get()
    done = manager.post(reverse("manage:import_apply", args=[row.pk]), follow=True).content.decode()
    assert "Таблица загружена: добавлена 1 строка, изменено 0." in done
    assert User.objects.filter(email="anna@zavod.example").exists()
    assert "Эта таблица загружена" in manager.get(sent["Location"]).content.decode()


def test_errors_are_shown_by_row_and_column_without_a_button(cast: Cast, manager: Client) -> None:
    sent = upload(manager, cast, "ФИО;Почта\nАнна;нет адреса\n")
    page = manager.get(sent["Location"]).content.decode()
    assert "Почта" in page
    assert "Загрузить всё" not in page
    row = CustomerImport.objects.get()
    refused = manager.post(reverse("manage:import_apply", args=[row.pk]), follow=True).content.decode()
    assert "Ничего не загружено" in refused


def test_a_hostile_file_is_refused_beside_its_field(cast: Cast, manager: Client) -> None:
    for text, word in (("ФИО;Почта\n=1+1;x\n", "формула"), ("ФИО;Знак\nА;Рак\n", "Почта"), ("a\n" * 100_000, "строк")):
        answer = upload(manager, cast, text)
        assert answer.status_code == 422
        assert word in answer.content.decode()
    assert not CustomerImport.objects.exists()


def test_the_page_asks_who_goes_on_only_when_something_is_open(cast: Cast, manager: Client) -> None:
    ticket = cast.file()
    url = reverse("manage:person_disable", args=[cast.users["engineer"].pk])
    page = manager.post(url).content.decode()
    assert "Кто продолжит открытые обращения" in page
    assert manager.post(url, {"confirmed": "1"}).status_code == 422
    done = manager.post(url, {"confirmed": "1", "successor": cast.users["colleague"].pk}, follow=True)
    assert "1 открытое обращение передано: Colleague" in done.content.decode()
    ticket.refresh_from_db()
    assert ticket.holder == cast.users["colleague"]
    other = manager.post(reverse("manage:person_disable", args=[cast.users["far_colleague"].pk])).content.decode()
    assert "Открытых обращений не остаётся" in other


def test_the_last_responsible_employee_is_not_disabled(cast: Cast, manager: Client) -> None:
    url = reverse("manage:person_disable", args=[cast.users["responsible"].pk])
    answer = manager.post(url, {"confirmed": "1"})
    assert answer.status_code == 422
    assert "Других ответственных сотрудников" in answer.content.decode()


def test_an_early_end_and_a_renewal_on_the_pages(cast: Cast, manager: Client) -> None:
    renewal = manager.get(reverse("manage:contract_renew", args=[cast.contract.pk])).content.decode()
    assert 'value="2028-01-01"' in renewal
    assert 'value="2031-12-31"' in renewal
    end = manager.post(
        reverse("manage:contract_end", args=[cast.contract.pk]),
        {"last_day": "2027-06-30", "reason": "Линия продана"},
        follow=True,
    ).content.decode()
    assert "был согласован до 31.12.2027" in end
    assert "Линия продана" in end
    page = manager.get(reverse("manage:contract_revision", args=[cast.contract.pk, 2])).content.decode()
    assert page.index("<del>") < page.index("31.12.2027") < page.index("<ins>") < page.index("30.06.2027")
