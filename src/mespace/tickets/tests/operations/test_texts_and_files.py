"""Correcting, removing and completing; files before and after they are sent."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.accounts.actor import Refused
from mespace.ledger.canonical import salted_digest
from mespace.tickets.models import Attachment, Message, MessageRevision, Ticket
from mespace.tickets.operations._place import Place
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.correct_message import correct_message
from mespace.tickets.operations.edit_details import Details, edit_details, set_developers_task
from mespace.tickets.operations.remove_message import remove_file, remove_message
from mespace.tickets.operations.uploads import KEPT_UNSENT, MOST_UNSENT, discard_upload, sweep_uploads, upload
from mespace.tickets.queries.evidence import bundle
from mespace.tickets.queries.lists import search
from mespace.tickets.queries.messages import attachment_for, attachments_of
from mespace.tickets.queries.ticket import former_texts
from mespace.tickets.tests.operations.logs import fresh, kinds, last, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path
    settings.MAX_FILE_BYTES = 1000
    return tmp_path


def blobs(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def said(cast: Cast, ticket: Ticket, text: str, by: str = "engineer", **more: Any) -> Message:
    comment(ticket_id=ticket.pk, actor=cast.actors[by], now=WEDNESDAY, remark=Remark(text, **more))
    message = Message.objects.filter(ticket=ticket).last()
    assert message is not None
    return message


def found(cast: Cast, text: str, by: str = "engineer") -> list[str]:
    return [ticket.key for ticket in search(actor=cast.actors[by], text=text).rows]


# --- correcting


def test_a_corrected_message_keeps_its_former_text_and_is_found_by_the_new_one(cast: Cast) -> None:
    ticket = cast.file()
    message = said(cast, ticket, "Модель ЗТ230")
    correct_message(
        ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + HOUR, message_id=message.pk, body="Модель каретка"
    )
    message.refresh_from_db()
    assert (message.body, message.corrected_at) == ("Модель каретка", WEDNESDAY + HOUR)
    assert last(ticket).payload["digest"] == salted_digest(message.salt, message.body)
    (former,) = former_texts(actor=cast.colleague, message_id=message.pk)
    assert former.body == "Модель ЗТ230"
    assert (found(cast, "каретки"), found(cast, "ЗТ230")) == ([ticket.key], [])
    correct_message(
        ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, message_id=message.pk, body="Модель каретка"
    )
    assert MessageRevision.objects.count() == 1
    assert sound()


def test_a_customer_s_correction_while_support_waits_is_the_answer(cast: Cast) -> None:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    first = Message.objects.filter(ticket=ticket).first()
    assert first is not None
    correct_message(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, message_id=first.pk, body="Модель ZT410")
    assert (fresh(ticket).status, kinds(ticket)[-2:]) == ("analysis", ["message_corrected", "customer_reacted"])
    assert sound()


def test_who_may_not_correct_what(cast: Cast) -> None:
    ticket = cast.file()
    message = said(cast, ticket, "Модель")
    note = said(cast, ticket, "Опять они", by="agent", internal=True)
    with pytest.raises(Refused):
        correct_message(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, message_id=message.pk, body="Да")
    common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": cast.engineer, "now": WEDNESDAY}
    refused(ticket, lambda: correct_message(**common, message_id=note.pk, body="Да"), "")  # as if it were not there
    refused(ticket, lambda: correct_message(**common, message_id=999_999, body="Да"), "")
    refused(ticket, lambda: correct_message(**common, message_id=message.pk, body=" "), "body")
    remove_message(**common, message_id=message.pk)
    refused(ticket, lambda: correct_message(**common, message_id=message.pk, body="Да"), "")


# --- removing


def test_a_removed_password_is_gone_from_everywhere_but_its_digest(cast: Cast) -> None:
    ticket = cast.file()
    message = said(cast, ticket, "пароль тайнопись")
    correct_message(
        ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, message_id=message.pk, body="пароль тайнопись!"
    )
    message.refresh_from_db()
    digest = salted_digest(message.salt, message.body)
    assert found(cast, "тайнопись", by="agent") == [ticket.key]
    remove_message(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, message_id=message.pk)
    message.refresh_from_db()
    assert (message.body, message.html, message.salt, message.removed_digest) == ("", "", "", digest)
    assert last(ticket).payload == {"message": message.pk, "digest": digest, "audience": "customer"}
    assert not MessageRevision.objects.exclude(body="").exists()
    assert found(cast, "тайнопись", by="agent") == []
    assert former_texts(actor=cast.agent, message_id=message.pk) == []
    assert "тайнопись" not in json.dumps(
        bundle(actor=cast.agent, key=ticket.key, as_of=WEDNESDAY + HOUR), ensure_ascii=False
    )
    assert sound()


def test_who_may_not_remove_what(cast: Cast) -> None:
    ticket = cast.file()
    message = said(cast, ticket, "Модель")
    note = said(cast, ticket, "Опять они", by="agent", internal=True)
    with pytest.raises(Refused):
        remove_message(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY, message_id=message.pk)
    refused(
        ticket, lambda: remove_message(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, message_id=note.pk), ""
    )
    remove_message(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, message_id=message.pk)
    refused(
        ticket, lambda: remove_message(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, message_id=message.pk), ""
    )


def test_a_removed_file_leaves_its_digest_and_no_bytes(
    cast: Cast, files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    ticket = cast.file()
    file = upload(actor=cast.engineer, now=WEDNESDAY, name="printer.log", chunks=[b"10:02 ", b"offline\n"])
    said(cast, ticket, "Смотрите файл", attachment_ids=[file.pk])
    digest = salted_digest(file.salt, file.sha256)
    assert last(ticket).payload["files"] == [{"id": file.pk, "digest": digest}]
    with pytest.raises(Refused):
        remove_file(ticket_id=ticket.pk, actor=cast.colleague, now=WEDNESDAY, attachment_id=file.pk)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, attachment_id=file.pk)
        assert len(blobs(files)) == 1  # until it is committed
    assert blobs(files) == []
    file.refresh_from_db()
    assert (file.name, file.sha256, file.salt, file.removed_digest) == ("printer.log", "", "", digest)
    assert last(ticket).payload == {"file": file.pk, "digest": digest, "audience": "customer"}
    assert attachment_for(cast.engineer, file.pk) is None
    refused(
        ticket, lambda: remove_file(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, attachment_id=file.pk), ""
    )


def test_a_file_with_an_internal_note_is_not_there_for_customers(cast: Cast) -> None:
    ticket = cast.file()
    file = upload(actor=cast.agent, now=WEDNESDAY, name="trace.txt", chunks=[b"x"])
    said(cast, ticket, "Внутри", by="agent", internal=True, attachment_ids=[file.pk])
    assert attachment_for(cast.engineer, file.pk) is None
    assert attachments_of(cast.engineer, ticket) == []
    assert attachment_for(cast.contractor, file.pk) is None
    assert attachments_of(cast.auditor, ticket) == [file]
    refused(
        ticket, lambda: remove_file(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, attachment_id=file.pk), ""
    )


# --- details


def test_completed_details_are_named_in_the_log_and_found(cast: Cast) -> None:
    ticket = cast.file()
    place = Place(cast.site.pk, cast.area.pk, cast.work_center.pk, cast.build.pk)
    details = Details(place, what_was_done="Сменили ролик", expected="Этикетка")
    for _ in range(2):
        edit_details(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, details=details)
    assert kinds(ticket) == ["filed", "edited"]
    assert last(ticket).payload == {"fields": ["area", "expected", "what_was_done", "work_center"]}
    assert found(cast, "ролики") == [ticket.key]
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Что делали?"))
    edit_details(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, details=Details(place, expected="Две"))
    assert fresh(ticket).status == "analysis"
    assert sound()


def test_details_that_are_refused(cast: Cast) -> None:
    ticket = cast.file()

    def edit(by: str = "engineer", site: int | None = None, **texts: str) -> None:
        details = Details(Place(site_id=site or cast.site.pk), **texts)
        edit_details(ticket_id=ticket.pk, actor=cast.actors[by], now=WEDNESDAY, details=details)

    refused(ticket, lambda: edit(site=999_999), "site")
    refused(ticket, lambda: edit(expected="а" * 10_001, stopped_process="а" * 301), "expected", "stopped_process")
    edit(expected="без\x00нуля")
    assert fresh(ticket).expected == "безнуля"
    with pytest.raises(Refused):
        edit(by="auditor", expected="Да")
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))
    refused(ticket, lambda: edit(expected="Поздно"), "")
    edit(by="agent", expected="Для отчёта")


def test_the_developers_task_is_no_fact_and_staff_s_alone(cast: Cast) -> None:
    ticket = cast.file()
    set_developers_task(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, url=" https://dev.example.org/7 ")
    assert (fresh(ticket).developers_task, kinds(ticket)) == ("https://dev.example.org/7", ["filed"])
    with pytest.raises(Refused):
        set_developers_task(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, url="")


# --- files before they are sent


def test_an_unsent_file_is_its_uploader_s_alone(cast: Cast, files: Path) -> None:
    file = upload(actor=cast.engineer, now=WEDNESDAY, name="a.txt", chunks=[b"x"])
    assert attachment_for(cast.engineer, file.pk) == file
    assert attachment_for(cast.colleague, file.pk) is None
    assert attachment_for(cast.agent, file.pk) is None
    refused(None, lambda: cast.file(by="colleague", attachment_ids=[file.pk]), "attachments")
    assert not discard_upload(actor=cast.colleague, attachment_id=file.pk)
    assert discard_upload(actor=cast.engineer, attachment_id=file.pk)
    assert (blobs(files), Attachment.objects.count()) == ([], 0)


def test_a_sent_file_is_neither_sent_twice_nor_discarded(cast: Cast, files: Path) -> None:
    file = upload(actor=cast.engineer, now=WEDNESDAY, name="a.txt", chunks=[b"x"])
    ticket = cast.file(attachment_ids=[file.pk])
    assert not discard_upload(actor=cast.engineer, attachment_id=file.pk)
    remark = Remark("Ещё раз", attachment_ids=[file.pk])
    refused(
        ticket, lambda: comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=remark), "attachments"
    )
    assert sweep_uploads(now=WEDNESDAY + 30 * KEPT_UNSENT) == 0
    assert len(blobs(files)) == 1


def test_what_is_not_taken(cast: Cast, files: Path) -> None:
    said = refused(
        None,
        lambda: upload(actor=cast.engineer, now=WEDNESDAY, name="большой.log", chunks=[b"x" * 600] * 2),
        "attachments",
    )
    assert "большой.log" in said["attachments"]
    for name, content in (("run.exe", b"MZ\x90\x00" + b"\x00" * 60), ("empty.txt", b"")):
        refused(
            None,
            lambda name=name, content=content: upload(actor=cast.engineer, now=WEDNESDAY, name=name, chunks=[content]),
            "attachments",
        )  # type: ignore[misc]
    assert blobs(files) == []
    with pytest.raises(Refused):
        upload(actor=cast.auditor, now=WEDNESDAY, name="a.txt", chunks=[b"x"])


def test_unsent_files_are_counted_and_swept_after_a_day(cast: Cast, files: Path) -> None:
    for number in range(MOST_UNSENT):
        upload(actor=cast.engineer, now=WEDNESDAY, name=f"{number}.txt", chunks=[b"x"])
    refused(None, lambda: upload(actor=cast.engineer, now=WEDNESDAY, name="a.txt", chunks=[b"x"]), "attachments")
    assert sweep_uploads(now=WEDNESDAY + KEPT_UNSENT) == 0
    assert sweep_uploads(now=WEDNESDAY + KEPT_UNSENT + timedelta(seconds=1)) == MOST_UNSENT
    assert blobs(files) == []
