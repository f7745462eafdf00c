"""Filing: what is prefilled, what fits the type, what is promised, what is refused, and that nothing typed is lost.

Clause 3.2 and Appendix 1: the fields of the form.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mespace.customers.models import Installation
from mespace.platform.clock import stepped
from mespace.products.models import Build, Version
from mespace.tickets.models import Attachment, Ticket
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)


@pytest.fixture
def engineer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.users["engineer"])
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def form_of(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {
        "key": "one-key",
        "type": "bug",
        "subject": "Не печатает",
        "description": "Принтер молчит",
        "product": cast.product.pk,
        "site": cast.site.pk,
        "build": cast.build.pk,
        **changes,
    }


def test_project_site_software_and_build_are_prefilled(cast: Cast, engineer: Client) -> None:
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    page = engineer.get("/tickets/new/")
    form = page.context["form"]
    assert (form["site"].value(), form["product"].value(), form["build"].value()) == (
        cast.site.pk,
        cast.product.pk,
        cast.build.pk,
    )
    assert "ZAVOD · Внедрение Завод" in text(page)
    assert "MES Лаборатория" not in text(page)  # not covered by the contract


def test_the_promise_is_said_before_anything_is_sent(cast: Cast, engineer: Client, settings: Any) -> None:
    settings.EMERGENCY_PHONE = "+7 495 123-45-67"
    with stepped(SUNDAY):
        page = text(engineer.get("/tickets/new/?type=incident"))
    assert "Отправлено сейчас — часы пойдут завтра в 08:00 по Москве" in page
    assert "Реакция до: завтра в 10:00 по Москве" in page  # critical: two working hours
    assert "12:00 на вашей площадке" in page  # Yekaterinburg
    assert "Реакция до: завтра в 16:00 по Москве" in page  # eight
    assert 'href="tel:+7495123-45-67"' in page


def test_the_promise_follows_the_site(cast: Cast, engineer: Client) -> None:
    with stepped(datetime(2026, 11, 20, 12, 0, tzinfo=UTC)):  # Friday 15:00 in Moscow
        moscow = text(engineer.get(f"/tickets/promise/?site={cast.other_site.pk}"))
        there = text(engineer.get(f"/tickets/promise/?site={cast.site.pk}"))
        nobody = text(engineer.get(f"/tickets/promise/?site={cast.rival.sites.get().pk}"))
    assert "часы пойдут сразу" in moscow
    assert "сегодня в 17:00" in moscow
    assert "в понедельник 23.11.2026 в 14:00" in moscow
    assert "на вашей площадке" not in moscow
    assert "16:00 на вашей площадке" in there
    assert "на вашей площадке" not in nobody


def test_filed_it_leads_to_the_ticket_and_says_key_and_deadline(cast: Cast, engineer: Client) -> None:
    files = [SimpleUploadedFile("mes.log", b"E-1042"), SimpleUploadedFile("второй.txt", "да".encode())]
    with stepped(WEDNESDAY):
        answer = engineer.post("/tickets/new/", form_of(cast, attachments=files, what_was_done="Сменили задание"))
        ticket = Ticket.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/t/{ticket.key}/")
        page = text(engineer.get(answer["Location"]))
    assert "Зарегистрировано под ключом ZAVOD-1. Реакция поддержки — до 18.11.2026 17:00" in page
    assert "draft:new-ticket" in page  # clears the draft
    assert ticket.what_was_done == "Сменили задание"
    assert sorted(ticket.attachments.values_list("name", flat=True)) == ["mes.log", "второй.txt"]


def test_the_same_form_sent_twice_files_one_ticket(cast: Cast, engineer: Client) -> None:
    first, second = (engineer.post("/tickets/new/", form_of(cast)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1


def test_a_consultation_needs_three_fields_and_drops_what_does_not_fit_it(cast: Cast, engineer: Client) -> None:
    changes = {"type": "consultation", "site": "", "build": "", "critical": "on", "expected": "x", "spot": cast.area.pk}
    assert engineer.post("/tickets/new/", form_of(cast, **changes)).status_code == 303
    ticket = Ticket.objects.get()
    assert (ticket.criticality, ticket.expected, ticket.area, ticket.site) == ("non_critical", "", None, None)


def test_an_incident_may_be_critical_and_names_the_stopped_process(cast: Cast, engineer: Client) -> None:
    refused = engineer.post("/tickets/new/", form_of(cast, type="incident", critical="on"))
    assert refused.status_code == 422
    assert "stopped_process" in refused.context["form"].errors
    spot = f"{cast.area.pk}-{cast.work_center.pk}"
    sent = form_of(cast, type="incident", critical="on", stopped_process="Отгрузка", spot=spot)
    assert engineer.post("/tickets/new/", sent).status_code == 303
    ticket = Ticket.objects.get()
    assert (ticket.criticality, ticket.stopped_process) == ("critical", "Отгрузка")
    assert (ticket.area, ticket.work_center) == (cast.area, cast.work_center)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": ""}, "type"),
        ({"type": "complaint"}, "type"),
        ({"subject": " "}, "subject"),
        ({"subject": "ы" * 251}, "subject"),
        ({"description": ""}, "description"),
        ({"product": ""}, "product"),
        ({"site": ""}, "site"),
        ({"site": "999999"}, "site"),
        ({"build": "0x"}, "build"),
        ({"spot": "987654321"}, "spot"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_all_is_kept(
    cast: Cast, engineer: Client, changes: dict[str, str], field: str
) -> None:
    sent = form_of(cast, expected="Что ждали", attachments=[SimpleUploadedFile("mes.log", b"E-1042")], **changes)
    answer = engineer.post("/tickets/new/", sent)
    page = text(answer)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Что ждали" in page
    assert "mes.log" in page
    kept = Attachment.objects.get()
    assert f'name="attachment_ids" value="{kept.pk}" checked' in page
    assert Ticket.objects.count() == 0
    again = form_of(cast, attachment_ids=[kept.pk])
    assert engineer.post("/tickets/new/", again).status_code == 303
    assert Ticket.objects.get().attachments.get() == kept


def test_a_place_of_another_site_is_refused_by_the_operation_and_files_stay(cast: Cast, engineer: Client) -> None:
    files = [SimpleUploadedFile("mes.log", b"E-1042")]
    answer = engineer.post(
        "/tickets/new/", form_of(cast, site=cast.other_site.pk, spot=cast.area.pk, attachments=files)
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["spot"]
    assert [file.name for file in answer.context["kept"]] == ["mes.log"]


def test_a_file_that_is_too_large_is_named(cast: Cast, engineer: Client, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 5
    answer = engineer.post("/tickets/new/", form_of(cast, attachments=[SimpleUploadedFile("big.log", b"0123456789")]))
    assert answer.status_code == 422
    assert "big.log" in str(answer.context["form"].errors["attachments"])


def test_nobody_else_s_uploaded_file_can_be_taken(cast: Cast, engineer: Client, client: Client) -> None:
    other = Client()
    other.force_login(cast.users["stranger"])
    taken = other.post("/files/", {"file": SimpleUploadedFile("secret.txt", b"x")}).json()["id"]
    answer = engineer.post("/tickets/new/", form_of(cast, attachment_ids=[taken]))
    assert answer.status_code == 422
    assert "secret.txt" not in text(answer)


def test_only_the_types_of_the_company_are_offered(cast: Cast, engineer: Client) -> None:
    cast.factory.ticket_types = ["bug"]
    cast.factory.save()
    page = engineer.get("/tickets/new/?type=incident")
    assert [one["value"] for one in page.context["types"]] == ["bug"]
    assert page.context["chosen"] == "bug"
    assert engineer.post("/tickets/new/", form_of(cast, type="incident")).status_code == 422


def test_without_a_valid_contract_the_page_names_it_and_its_end(cast: Cast, engineer: Client) -> None:
    cast.contract.valid_until = date(2026, 10, 31)
    cast.contract.save()
    with stepped(WEDNESDAY):
        answer = engineer.get("/tickets/new/")
        sent = engineer.post("/tickets/new/", form_of(cast))
    assert (answer.status_code, sent.status_code) == (403, 403)
    assert "ТП-ZAVOD-1" in text(answer)
    assert "31.10.2026" in text(answer)
    assert Ticket.objects.count() == 0


def test_a_company_without_any_contract_is_told_so(cast: Cast, engineer: Client) -> None:
    cast.contract.products.clear()
    cast.contract.delete()
    answer = engineer.get("/tickets/new/")
    assert answer.status_code == 403
    assert "Сегодня подать обращение нельзя" in text(answer)


def test_a_closed_request_is_continued_in_a_new_one(cast: Cast, engineer: Client) -> None:
    former = cast.file(subject="Прежняя тема")
    withdraw(ticket_id=former.pk, actor=cast.engineer, now=WEDNESDAY + timedelta(hours=1))
    page = engineer.get(f"/tickets/new/?continues={former.key}")
    assert page.context["form"]["subject"].value() == "Прежняя тема"
    answer = engineer.post("/tickets/new/", form_of(cast, continues=former.key))
    assert Ticket.objects.get(key=answer["Location"].strip("/").split("/")[-1]).continues == former
    assert engineer.get("/tickets/new/?continues=RIVAL-1").status_code == 404


def test_the_form_needs_few_statements(cast: Cast, engineer: Client, django_assert_max_num_queries: Any) -> None:
    engineer.get("/tickets/new/")  # compiles the calendar once per process
    with django_assert_max_num_queries(13):
        engineer.get("/tickets/new/")


def test_with_several_products_the_build_is_the_one_that_runs_at_the_site(cast: Cast, engineer: Client) -> None:
    lab = Build.objects.create(version=Version.objects.create(product=cast.other_product, number=2), major=1, minor=0)
    cast.contract.revisions.get().products.add(cast.other_product)
    Installation.objects.create(site=cast.site, product=cast.product, build=cast.build)
    Installation.objects.create(site=cast.site, product=cast.other_product, build=lab)
    form = engineer.get("/tickets/new/").context["form"]
    assert (form["product"].value(), form["build"].value()) == (None, "installed")
    for product, site, build in (
        (cast.product, cast.site, cast.build),
        (cast.other_product, cast.site, lab),
        (cast.product, cast.other_site, None),  # not on record there
    ):
        changes = {"product": product.pk, "site": site.pk, "build": "installed", "key": f"{product.pk}-{site.pk}"}
        assert engineer.post("/tickets/new/", form_of(cast, **changes)).status_code == 303
        assert Ticket.objects.latest("pk").build == build
