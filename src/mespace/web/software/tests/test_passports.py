"""Passports over HTTP: shown in three colours, written into, and before filing, with scripts and without."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mespace.customers.models import Installation, Site
from mespace.customers.operations.set_installation import set_installation
from mespace.platform.clock import stepped
from mespace.products.matrix import Item
from mespace.products.models import Build, SupportedConfiguration, Version
from mespace.tickets.models import Attachment, Ticket
from mespace.web.portal.tests.test_filing import form_of, text
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix(cast: Cast) -> None:
    SupportedConfiguration.objects.create(product=cast.product, kind="os", name="Windows", lowest="10", highest="11")
    Build.objects.filter(pk=cast.build.pk).update(released_on=date(2026, 1, 10))


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


def install(cast: Cast, version: str = "10") -> None:
    items = [Item("os", "Windows", version)]
    set_installation(actor=cast.manager, now=WEDNESDAY, site_id=cast.site.pk, build_id=cast.build.pk, items=items)


@pytest.mark.usefixtures("matrix")
def test_the_responsible_employee_writes_what_runs_and_everybody_reads_it(cast: Cast) -> None:
    url = f"/sites/{cast.site.pk}/passport/{cast.product.pk}/"
    sent = {"build": cast.build.pk, "since": "2026-02-01"}
    sent |= {"kind_0": "os", "name_0": "Windows", "version_0": "8.1", "name_1": "", "version_1": "", "kind_1": "os"}
    with stepped(WEDNESDAY):
        responsible = signed_in(cast, "responsible")
        assert responsible.get(url).status_code == 200
        answer = responsible.post(url, sent)
        assert (answer.status_code, answer["Location"]) == (
            303, f"/sites/{cast.site.pk}/passport/#product-{cast.product.pk}",
        )  # fmt: skip
        page = text(signed_in(cast, "engineer").get(f"/sites/{cast.site.pk}/passport/"))
    assert "Вне версий, названных в документации: 10 – 11." in page
    assert "Responsible" in page  # the history names who wrote it
    assert "Windows 8.1" in page
    assert Installation.objects.get().since == date(2026, 2, 1)


@pytest.mark.usefixtures("matrix")
def test_a_refused_passport_keeps_every_line_and_names_what_is_wrong(cast: Cast) -> None:
    url = f"/sites/{cast.site.pk}/passport/{cast.product.pk}/"
    sent = {"build": cast.build.pk, "since": "вчера", "kind_0": "os", "name_0": "Windows", "version_0": "8.1"}
    answer = signed_in(cast, "responsible").post(url, sent)
    assert answer.status_code == 422
    assert 'value="8.1"' in text(answer)
    nameless = signed_in(cast, "responsible").post(url, {**sent, "since": "", "name_0": ""})
    assert nameless.status_code == 422
    assert "В строке нужно название" in text(nameless)
    assert not Installation.objects.exists()


@pytest.mark.usefixtures("matrix")
@pytest.mark.parametrize(("version", "word"), [("10", "в порядке"), ("22H2", "внимание"), ("7", "не поддерживается")])
def test_the_filing_form_shows_the_colour_before_anything_is_sent(cast: Cast, version: str, word: str) -> None:
    install(cast, version)
    with stepped(WEDNESDAY):
        page = text(signed_in(cast, "engineer").get("/tickets/new/"))
        chosen = f"?site={cast.site.pk}&product={cast.product.pk}&build=installed"
        part = text(signed_in(cast, "engineer").get(f"/tickets/passport/{chosen}"))
    assert word in page
    assert word in part


@pytest.mark.usefixtures("matrix")
def test_ended_support_leads_to_fixes_and_the_way_up_and_filing_works(cast: Cast) -> None:
    install(cast)
    Version.objects.filter(pk=cast.build.version_id).update(ended_from=date(2026, 1, 1))
    five = Version.objects.create(product=cast.product, number=5)
    Build.objects.create(version=five, major=1, minor=0, released_on=date(2026, 6, 1))
    cast.known_error.workaround = "Перезапустить **службу** <img src=x onerror=alert(1)>"
    cast.known_error.save()
    cast.known_error.affected_builds.add(cast.build)
    engineer = signed_in(cast, "engineer")
    with stepped(WEDNESDAY):
        page = text(engineer.get("/tickets/new/"))
        for word in (
            "Поддержка закончилась 01.01.2026",
            "KE-1",
            "Перезапустить <strong>службу</strong>",
            "5.1.0",
            "Обращения всё равно",
        ):
            assert word in page
        assert "<img src=x" not in page
        assert engineer.post("/tickets/new/", form_of(cast)).status_code == 303
        ticket = text(engineer.get(f"/t/{Ticket.objects.get().key}/"))
        desk = text(signed_in(cast, "agent").get(f"/t/{Ticket.objects.get().key}/"))
    for side in (ticket, desk):
        assert "Поддержка версии 4 закончилась." in side
        assert f"/sites/{cast.site.pk}/passport/#product-{cast.product.pk}" in side


@pytest.mark.usefixtures("matrix")
def test_without_scripts_the_chosen_site_is_looked_up_and_nothing_typed_is_lost(
    cast: Cast, tmp_path: Any, settings: Any
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES = tmp_path
    install(cast, "7")
    sent = form_of(cast, subject="", look="1", build="installed", attachments=[SimpleUploadedFile("a.log", b"E-1")])
    with stepped(WEDNESDAY):
        answer = signed_in(cast, "engineer").post("/tickets/new/", sent)
    page = text(answer)
    assert answer.status_code == 200
    assert "не поддерживается" in page
    assert "Принтер молчит" in page
    assert f'value="{Attachment.objects.get().pk}" checked' in page
    assert "Скажите одной строкой" not in page
    assert not Ticket.objects.exists()


@pytest.mark.usefixtures("matrix")
def test_the_list_of_sites_takes_as_many_statements_for_many_as_for_one(cast: Cast) -> None:
    install(cast)
    client = signed_in(cast, "responsible")

    def statements() -> int:
        with CaptureQueriesContext(connection) as caught, stepped(WEDNESDAY + timedelta(hours=1)):
            assert client.get("/sites/").status_code == 200
        return len(caught)

    statements()
    one = statements()
    for number in range(4):
        site = Site.objects.create(customer=cast.factory, name=f"Площадка {number + 10}")
        Installation.objects.create(site=site, product=cast.product, build=cast.build)
    assert statements() == one
