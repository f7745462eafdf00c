"""The product's first story, told in pages: filed with a screenshot, accepted, asked, answered, solved, proved."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from mespace.platform.clock import SteppedClock
from mespace.tickets.models import Attachment, Message, Ticket
from tests.cast import Cast
from tests.flows.person import Person
from tests.properties.judging import verify_as_a_stranger

pytestmark = pytest.mark.django_db
MINUTES = timedelta(minutes=1)


def screenshot(name: str = "экран.png") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    file.seek(0)
    file.name = name
    return file


def filing(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "type": "incident",
        "subject": "Не печатаются этикетки",
        "description": "После смены **задания** принтер молчит.",
        "product": cast.product.pk,
        "site": cast.site.pk,
        **more,
    }


def file(person: Person, cast: Cast, **more: Any) -> str:
    """File a request on the page; its key."""
    person.open("/tickets/new/")
    assert person.status == 200, person.text
    person.send("/tickets/new/", **filing(cast, **more))
    assert person.status == 200, person.text
    assert person.address.startswith("/t/"), person.text
    return person.address.split("/")[2]


def test_from_filing_to_closing(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person, tmp_path: Path
) -> None:
    key = file(engineer, cast, critical="on", stopped_process="Отгрузка со склада", files=[screenshot()])
    assert key == "ZAVOD-1"
    assert "<strong>задания</strong>" in engineer.text
    picture = Attachment.objects.get()
    status, content = engineer.get(f"/files/{picture.pk}/")
    assert (status, content[:4]) == (200, b"\x89PNG")

    clock.step(50 * MINUTES)
    agent.open("/desk/")
    assert key in agent.text
    agent.act(key, "reply", what="question", body="Какая модель принтера?")
    assert agent.status == 200
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.reaction_state) == ("info_requested", "kept")

    clock.step(5 * MINUTES)
    engineer.open(f"/t/{key}/")
    assert "Какая модель принтера?" in engineer.text
    ticket.refresh_from_db()
    assert (ticket.term_evidence, ticket.term_received_at) == ("read", clock.step(0 * MINUTES))
    clock.step(5 * MINUTES)
    engineer.act(key, "comment", body="Zebra ZT410")
    ticket.refresh_from_db()
    assert ticket.status == "analysis"

    clock.step(30 * MINUTES)
    agent.act(key, "reply", what="proposal", answer="solution", body="Перезапустите очередь печати.")
    clock.step(20 * MINUTES)
    engineer.act(key, "accept-solution")
    ticket.refresh_from_db()
    assert (ticket.status, ticket.resolution) == ("closed", "solved")
    engineer.open(f"/t/{key}/")
    for text in ("Какая модель принтера?", "Zebra ZT410", "Перезапустите очередь печати."):
        assert text in engineer.text

    clock.step(10 * MINUTES)
    said = verify_as_a_stranger(engineer.bundle(key), tmp_path)
    assert "Reaction: KEPT, target 2:00:00" in said
    assert "working time used 0:50:00" in said
    assert "VERIFIED" in said
    for address in (f"/t/{key}/clock/", f"/t/{key}/print/", "/tickets/?state=closed"):
        assert key in engineer.open(address).text


def test_a_double_click_files_once_and_comments_once(cast: Cast, engineer: Person) -> None:
    engineer.open("/tickets/new/")
    fields = engineer.filled("/tickets/new/", **filing(cast), files=[screenshot()])
    for _ in range(2):
        engineer.post(fields, "/tickets/new/")
        assert (engineer.status, engineer.address) == (200, "/t/ZAVOD-1/")
    assert (Ticket.objects.count(), Attachment.objects.filter(message__isnull=False).count()) == (1, 1)
    engineer.open("/t/ZAVOD-1/")
    fields = engineer.filled("/t/ZAVOD-1/act/comment/", body="Ещё раз", files=[screenshot()])
    for _ in range(2):
        engineer.post(fields, "/t/ZAVOD-1/act/comment/")
        assert engineer.status == 200
    assert Message.objects.filter(body="Ещё раз").count() == 1


def test_nothing_typed_is_lost_when_a_form_is_refused(cast: Cast, engineer: Person) -> None:
    engineer.open("/tickets/new/")
    engineer.send(
        "/tickets/new/", **filing(cast, subject="", description="Долгий рассказ о принтере"), files=[screenshot()]
    )
    assert engineer.status == 422
    assert "Долгий рассказ о принтере" in engineer.text
    kept = engineer.form("/tickets/new/").values
    assert len(kept["attachment_ids"]) == 1
    engineer.send("/tickets/new/", subject="Принтер")
    assert engineer.address == "/t/ZAVOD-1/"
    assert Attachment.objects.get().ticket == Ticket.objects.get()


def test_a_form_without_its_token_or_key_is_refused(cast: Cast, engineer: Person) -> None:
    engineer.open("/tickets/new/")
    fields = engineer.filled("/tickets/new/", **filing(cast))
    engineer.post({**fields, "csrfmiddlewaretoken": "x" * 64}, "/tickets/new/")
    assert engineer.status == 403
    engineer.open("/tickets/new/")
    fields = engineer.filled("/tickets/new/", **filing(cast))
    engineer.post({**fields, "key": ""}, "/tickets/new/")
    assert (engineer.status, Ticket.objects.count()) == (422, 0)


def test_a_move_that_came_too_late_is_named_with_what_can_be_done(
    cast: Cast, clock: SteppedClock, engineer: Person, agent: Person
) -> None:
    key = file(engineer, cast)
    agent.open(f"/t/{key}/")
    accepting = agent.filled(f"/t/{key}/act/accept/")
    engineer.act(key, "withdraw", reason="Само прошло")
    agent.post(accepting, f"/t/{key}/act/accept/")
    assert agent.status == 409
    assert Ticket.objects.get().resolution == "withdrawn"
