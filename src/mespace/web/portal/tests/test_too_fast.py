"""Who sends too much is told when to go on, and keeps what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mespace.platform import clock
from mespace.platform.models import Pace
from mespace.tickets.models import Message, Ticket
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def hasty(cast: Cast, client: Client, settings: Any) -> Callable[[str], Client]:
    """The engineer, whose bucket for some kind of act is full."""

    def signed_in(act: str) -> Client:
        settings.RATE_LIMIT_FACTOR = 1
        settings.EMERGENCY_PHONE = "+7 495 123-45-67"
        Pace.objects.create(person=cast.engineer.log_name, company="customer:0", act=act, level=1000, at=clock.now())
        client.force_login(cast.users["engineer"])
        return client

    return signed_in


def test_a_filing_that_comes_too_fast_keeps_text_and_files(cast: Cast, hasty: Callable[[str], Client]) -> None:
    typed = {"key": "k", "type": "bug", "subject": "Снова", "description": "Всё о поломке", "product": cast.product.pk}
    file = SimpleUploadedFile("mes.log", b"E-1042")
    page = hasty("file").post("/tickets/new/", {**typed, "site": cast.site.pk, "attachments": file})
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"]) == (429, "30")
    assert "Отправьте это ещё раз через 30 секунд" in text
    assert "+7 495 123-45-67" in text
    assert "Всё о поломке</textarea>" in text
    assert 'value="Снова"' in text
    assert "mes.log" in text
    assert not Ticket.objects.exists()


def test_a_message_that_comes_too_fast_stays_in_its_field(cast: Cast, hasty: Callable[[str], Client]) -> None:
    ticket = cast.file()
    page = hasty("write").post(f"/t/{ticket.key}/act/comment/", {"key": "k", "body": "Ещё одно"})
    assert (page.status_code, page["Retry-After"]) == (429, "3")
    assert "Ещё одно</textarea>" in page.content.decode()
    assert Message.objects.filter(ticket=ticket).count() == 1


def test_a_file_that_comes_too_fast_is_answered_to_the_script(cast: Cast, hasty: Callable[[str], Client]) -> None:
    answer = hasty("upload").post("/files/", {"file": SimpleUploadedFile("a.txt", b"x")})
    assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    assert "через 1 секунду" in answer.json()["error"]


def test_files_that_nobody_sends_do_not_pile_up(cast: Cast, client: Client, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 10
    client.force_login(cast.users["engineer"])
    answers = [client.post("/files/", {"file": SimpleUploadedFile("a.txt", b"123456789")}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [422]
    assert "Слишком много неотправленных" in answers[-1].json()["error"]
