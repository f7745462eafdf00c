"""A manager prepares an edition, looks at it, and publishes it; hostile and mistaken texts (clauses 7.3, 7.4)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mespace.platform.clock import stepped
from mespace.platform.forms import new_key
from mespace.regulation.edition_text.decode import MOST_BYTES
from mespace.regulation.models import EditionDraft, EditionText, RegulationEdition
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=2)
TEXT = "## 5. Работа\n\n5.5 Ждём ответа **три** дня.\n\n6.4 Отвечаем за шесть часов."


@pytest.fixture(autouse=True)
def at_eleven() -> Iterator[None]:
    with stepped(NOW):
        yield


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["manager"])
    return client


def fields(**changes: Any) -> dict[str, Any]:
    given = {
        "form_key": new_key(), "code": "2027-01", "title": "Редакция 2027", "in_force_from": "2026-12-20",
        "day_start": "08:00", "day_end": "17:00", "critical_minutes": 120, "non_critical_minutes": 360,
        "answer_days": 3, "presumption_days": 1, "reminder_day": 2, "reopen_days": 14, "onboarding_days": 3,
        "notice_days": 15, "decreed_days_work": "on", "source": TEXT,
    }  # fmt: skip
    return {**given, **changes}


def published(client: Client, draft_id: int, version: int = 1) -> Any:
    return client.post(
        reverse("regulation:draft_publish", args=[draft_id]), {"version": version, "form_key": new_key()}
    )


def test_an_edition_is_kept_looked_at_and_published(client: Client) -> None:
    kept = client.post(reverse("regulation:draft_new"), fields())
    draft = EditionDraft.objects.get()
    assert kept["Location"] == reverse("regulation:draft", args=[draft.pk])
    looked = client.get(kept["Location"])
    assert [each.number for each in looked.context["rows"]] == ["5", "5.5", "6.4"]
    assert [each.name for each in looked.context["parameters"]] == ["non_critical_seconds"]
    assert "за 6\xa0ч рабочего времени" in looked.content.decode()
    assert "2.2" in looked.context["lacking"]
    assert RegulationEdition.objects.count() == 1
    answer = published(client, draft.pk)
    assert answer["Location"] == reverse("regulation:receipts", args=["2027-01"])
    row = RegulationEdition.objects.get(code="2027-01")
    assert (row.parameters["reaction_seconds"]["non_critical"], row.in_force_from) == (21600, date(2026, 12, 20))
    assert EditionText.objects.get(edition=row).source == TEXT


def test_the_form_refuses_what_cannot_be_and_keeps_what_was_typed(client: Client) -> None:
    for changes, field in (
        ({"day_end": "07:00"}, "day_end"),
        ({"critical_minutes": 0}, "critical_minutes"),
        ({"critical_minutes": 400}, "critical_minutes"),
        ({"code": "x" * 30}, "code"),
        ({"in_force_from": "завтра"}, "in_force_from"),
    ):
        answer = client.post(reverse("regulation:draft_new"), fields(**changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert "Отвечаем за шесть часов" in answer.content.decode()
    assert not EditionDraft.objects.exists()


def test_a_day_too_soon_is_refused_by_the_page_with_the_first_day_that_would_do(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields(in_force_from="2026-12-02"))
    draft = EditionDraft.objects.get()
    answer = published(client, draft.pk)
    assert (answer.status_code, answer.context["refused_field"]) == (422, "in_force_from")
    assert "3 декабря 2026" in answer.context["refusal"]
    assert RegulationEdition.objects.count() == 1


def test_a_text_with_problems_is_kept_and_told_line_by_line(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields(source="5.5 Раз\n\n5.5 Два\n## 5.5.5.5 Три"))
    draft = EditionDraft.objects.get()
    page = client.get(reverse("regulation:draft", args=[draft.pk]))
    assert [text.partition(":")[0] for text in page.context["problems"]] == ["Строка 3", "Строка 4"]
    assert published(client, draft.pk).context["refused_field"] == "source"


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("regulation.txt", data)


def test_an_uploaded_text_takes_the_place_of_the_pasted_one(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields(upload=upload("\ufeff5.5\tИз файла\r\n".encode())))
    assert EditionDraft.objects.get().source == "5.5\tИз файла"


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04docx", b"%PDF-1.4", "слова".encode("cp1251"), b"x" * (MOST_BYTES + 1), b"\xff\xfe\x00"]
)
def test_a_file_that_is_no_text_is_refused_beside_its_field(client: Client, data: bytes) -> None:
    answer = client.post(reverse("regulation:draft_new"), fields(upload=upload(data)))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["upload"])
    assert TEXT in answer.context["form"]["source"].value()


HOSTILE = (
    "5.5 <script>alert(1)</script> <img src=x onerror=alert(2)> [сюда](javascript:alert(3)) "
    "![](data:image/svg+xml;base64,AAAA)\n\n<svg onload=alert(4)>\n\n" + "> " * 400 + "глубоко\n\n"
    "| a | b |\n|---|---|\n" + "| x | y |\n" * 300
)


def test_a_hostile_text_is_shown_as_text(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields(source=HOSTILE, title="<b>Жирная</b>"))
    assert published(client, EditionDraft.objects.get().pk).status_code == 303
    for address in (
        reverse("regulation:edition", args=["2027-01"]),
        reverse("regulation:compared", args=["2027-01", "2019-09-01"]),
    ):
        page = Client().get(address).content.decode()
        for hostile in ("<script>alert", "<img src=x", 'href="javascript:', "<svg onload", 'src="data:', "<b>Жирная"):
            assert hostile not in page


def test_two_who_change_a_draft_notice_each_other(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields())
    draft = EditionDraft.objects.get()
    edit = reverse("regulation:draft_edit", args=[draft.pk])
    assert client.post(edit, fields(version=1, title="Первая")).status_code == 303
    late = client.post(edit, fields(version=1, title="Вторая"))
    assert late.status_code == 409
    assert "Вторая" in late.content.decode()
    assert published(client, draft.pk, version=1).status_code == 409
    assert EditionDraft.objects.get().title == "Первая"


def test_a_draft_is_thrown_away_after_a_question(client: Client) -> None:
    client.post(reverse("regulation:draft_new"), fields())
    draft = EditionDraft.objects.get()
    address = reverse("regulation:draft_discard", args=[draft.pk])
    assert client.post(address, {"version": 1, "form_key": new_key()}).status_code == 200
    assert EditionDraft.objects.exists()
    gone = client.post(address, {"version": 1, "confirmed": "1", "form_key": new_key()})
    assert gone["Location"] == reverse("manage:editions")
    assert not EditionDraft.objects.exists()


def test_the_text_of_the_first_edition_is_looked_at_and_entered(client: Client) -> None:
    address = reverse("regulation:text", args=["2019-09-01"])
    looked = client.post(address, {"upload": upload(TEXT.encode()), "act": "look", "form_key": new_key()})
    assert looked.status_code == 200
    assert looked.context["form"]["source"].value() == TEXT
    assert not EditionText.objects.exists()
    assert client.post(address, {"source": TEXT, "act": "enter", "form_key": new_key()}).status_code == 303
    page = Client().get(reverse("regulation:clause", args=["5.5"])).content.decode()
    assert "Ждём ответа <strong>три</strong> дня." in page
    again = client.post(address, {"source": TEXT + " Точка.", "act": "enter", "reason": "", "form_key": new_key()})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["reason"])
