"""One mail of the ledger: what it says, and what becomes of it whatever the server does."""

import re
import smtplib
import socket
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail

from mespace.accounts.models import User
from mespace.notifications.channels.mail.smtp import Handed, Outcome, Reply
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Evidence, Notification, Preference, Reason, State
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import CLAIM_HOLDS, WAITS, send_mail
from mespace.notifications.operations.sweep_deliveries import LATE, sweep_deliveries
from mespace.notifications.tests.jobs import Queue, queued
from mespace.platform.jobs import Job
from mespace.platform.mail_folder import kept_mail
from mespace.tickets.models import Attachment, Message, Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.remove_message import remove_message
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_IS_SET = True
    settings.BASE_URL = "https://support.example.com"


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def deliver(queue: Queue) -> list[mail.EmailMessage]:
    """Work off everything that is queued; the mails that went out by it."""
    before = len(mail.outbox)
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    for arguments in queue.new(Job.SEND_MAIL):
        send_mail(**arguments, now=NOW)
    return mail.outbox[before:]


@pytest.fixture
def asked(cast: Cast) -> tuple[Ticket, Queue]:
    """A ticket with a question, everything before it delivered."""
    queue = Queue()
    ticket = cast.file(subject="Не печатаются  этикетки")
    accept(ticket_id=ticket.pk, actor=cast.agent, now=NOW)
    deliver(queue)
    body = "Пришлите **журнал** с [сервера](https://example.com/a) и ZAVOD-1.\n\n![экран](attachment:7)"
    ask_customer(ticket_id=ticket.pk, actor=cast.agent, now=NOW, question=Question(body))
    return ticket, queue


def test_a_question_by_mail(cast: Cast, asked: tuple[Ticket, Queue]) -> None:
    ticket, queue = asked
    accepted = mail.outbox[-1]
    [sent] = deliver(queue)
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    assert sent.subject == "[ZAVOD-1] Нужна информация: Не печатаются этикетки"
    assert sent.to == ["engineer@example.org"]
    assert (delivery.state, delivery.sent_at, delivery.attempts) == (State.SENT, NOW, 1)
    assert delivery.holds_full_text
    assert delivery.evidence == Evidence.RELAY
    message = sent.message()
    assert message["Message-ID"] == delivery.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["In-Reply-To"] == accepted.extra_headers["Message-ID"]
    assert message["References"].split() == [f"<ticket-{ticket.stream_id}@support.example.com>", message["In-Reply-To"]]
    assert "Пришлите журнал с сервера (https://example.com/a) и ZAVOD-1." in sent.body
    assert "https://support.example.com/t/ZAVOD-1/" in sent.body
    assert "нужна информация от вас" in sent.body
    html = sent.alternatives[0].content
    assert re.search(r'<a [^>]*href="https://support.example.com/files/7/"[^>]*>экран</a>', html)
    assert 'href="https://support.example.com/t/ZAVOD-1/"' in html
    assert "<img" not in html


def test_the_reader_chooses_the_language_and_the_time_zone(cast: Cast) -> None:
    User.objects.filter(pk=cast.agent.user_id).update(language="en", time_zone="Asia/Yekaterinburg")
    User.objects.exclude(pk=cast.agent.user_id).filter(roles__contains=["agent"]).update(is_active=False)
    cast.file()
    [sent] = deliver(Queue())
    assert sent.subject.startswith("[ZAVOD-1] New request: ")
    assert "18 Nov 2026 19:00 (17:00 MSK)" in sent.body


def test_files_are_named_with_their_addresses_and_removed_texts_do_not_leave(
    cast: Cast, asked: tuple[Ticket, Queue]
) -> None:
    ticket, queue = asked
    message = Message.objects.get(ticket=ticket, kind="question")
    Attachment.objects.create(
        message=message, ticket=ticket, uploaded_by_id=cast.agent.user_id, name="журнал.txt", size=1,
        media_type="text/plain", sha256="0" * 64, salt="", blob="x", created_at=NOW,
    )  # fmt: skip
    [sent] = deliver(queue)
    assert f"журнал.txt: https://support.example.com/files/{message.attachments.get().pk}/" in sent.body
    ask_customer(ticket_id=ticket.pk, actor=cast.agent, now=NOW, question=Question("Пароль: qwerty"))
    remove_message(ticket_id=ticket.pk, actor=cast.agent, now=NOW, message_id=Message.objects.latest("pk").pk)
    [sent] = deliver(queue)
    assert "qwerty" not in sent.message().as_string()
    assert "Текст этого сообщения удалён" in sent.body
    assert not Delivery.objects.latest("pk").holds_full_text


def test_sending_again_does_nothing(cast: Cast, asked: tuple[Ticket, Queue]) -> None:
    deliver(asked[1])
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    count = len(mail.outbox)
    assert send_mail(delivery_id=delivery.pk, now=NOW) is None
    assert len(mail.outbox) == count


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda cast: User.objects.filter(pk=cast.engineer.user_id).update(is_active=False), Reason.NO_LONGER_SEEN),
        (
            lambda cast: User.objects.filter(pk=cast.engineer.user_id).update(email="n@example.org"),
            Reason.NO_LONGER_SEEN,
        ),
        (lambda cast: cast.users["engineer"].membership.delete(), Reason.NO_LONGER_SEEN),
    ],
)
def test_rights_are_those_of_the_moment_of_sending(
    cast: Cast, asked: tuple[Ticket, Queue], change: Any, reason: Reason
) -> None:
    for arguments in asked[1].new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    change(cast)
    assert deliver(asked[1]) == []
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    assert (delivery.state, delivery.reason) == (State.NOT_SENT, reason)


def test_wishes_are_those_of_the_moment_of_sending(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=NOW)
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    Preference.objects.create(user_id=cast.engineer.user_id, timings={"accepted": "off"})
    assert cast.users["engineer"].email not in {one.to[0] for one in deliver(queue)}
    assert Delivery.objects.get(kind=Kind.ACCEPTED).reason == Reason.NOT_WANTED


def test_a_reminder_after_the_answer_is_not_sent(cast: Cast, asked: tuple[Ticket, Queue]) -> None:
    ticket, queue = asked
    deliver(queue)
    delivery = Delivery.objects.create(
        recipient_id=cast.engineer.user_id, address="engineer@example.org", subject_id=ticket.pk, seq=9,
        kind=Kind.REMINDER, message_id="<r@x>", created_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, remark=Remark("ZT410"))
    done = send_mail(delivery_id=delivery.pk, now=NOW)
    assert done is not None
    assert done.reason == Reason.OUTDATED


def test_a_dead_worker_leaves_an_uncertain_mail_that_is_not_sent_again(cast: Cast, asked: tuple[Ticket, Queue]) -> None:
    for arguments in asked[1].new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.SENDING, claimed_at=NOW, next_attempt_at=None, attempts=1
    )
    assert send_mail(delivery_id=delivery.pk, now=NOW + CLAIM_HOLDS) is None
    assert sweep_deliveries(now=NOW + CLAIM_HOLDS) == (0, 0)
    assert sweep_deliveries(now=NOW + CLAIM_HOLDS + timedelta(seconds=1)) == (1, 0)
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert send_mail(delivery_id=delivery.pk, now=NOW + timedelta(days=1)) is None


def test_a_planned_mail_whose_job_was_lost_is_queued_again(cast: Cast, asked: tuple[Ticket, Queue]) -> None:
    for arguments in asked[1].new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    before = len(queued(Job.SEND_MAIL))
    assert sweep_deliveries(now=NOW + LATE) == (0, 0)
    assert sweep_deliveries(now=NOW + LATE + timedelta(seconds=1)) == (0, 1)
    assert len(queued(Job.SEND_MAIL)) == before + 1


def test_no_server_at_the_address_means_later_and_in_the_end_failed(
    cast: Cast, asked: tuple[Ticket, Queue], settings: Any, free_port: int
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port
    for arguments in asked[1].new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    delivery, now = Delivery.objects.get(kind=Kind.QUESTION), NOW
    for wait in WAITS:
        done = send_mail(delivery_id=delivery.pk, now=now)
        assert done is not None
        assert (done.state, done.last_error) == (State.PLANNED, "ConnectionRefusedError")
        assert send_mail(delivery_id=delivery.pk, now=now) is None
        now += timedelta(seconds=wait)
    done = send_mail(delivery_id=delivery.pk, now=now)
    assert done is not None
    assert done.state == State.FAILED
    assert timedelta(days=2) <= now - NOW <= timedelta(days=3)


def test_the_errors_of_a_server_are_told_apart() -> None:
    from mespace.notifications.channels.mail.smtp import Outcome, _handed, _refusal

    assert _refusal(smtplib.SMTPRecipientsRefused({"a": (550, b"no such user secret")})) is Outcome.REFUSED
    assert _refusal(smtplib.SMTPRecipientsRefused({"a": (451, b"greylisted")})) is Outcome.LATER
    assert _refusal(smtplib.SMTPAuthenticationError(535, b"bad")) is Outcome.LATER
    words = b"5.1.1 no such\r\nuser \x1b[31m\xff" + b"x" * 400
    refused = smtplib.SMTPRecipientsRefused({"a": (550, words)})
    handed = _handed(Outcome.REFUSED, refused)
    assert (handed.error, handed.reply.code) == ("SMTPRecipientsRefused 550", 550)
    assert handed.reply.text.startswith("5.1.1 no such user [31m\ufffdxxx")
    assert len(handed.reply.text) == 300


def test_without_a_mail_server_mails_are_files_that_only_we_can_read(
    cast: Cast, asked: tuple[Ticket, Queue], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_IS_SET, settings.MAIL_FOLDER = False, tmp_path / "mail"
    settings.EMAIL_BACKEND = "mespace.platform.mail_folder.FolderBackend"
    assert deliver(asked[1]) == []
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    assert (delivery.state, delivery.evidence) == (State.KEPT, Evidence.NONE)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name == delivery.kept_as
    assert file.stat().st_mode & 0o777 == 0o600
    message = message_from_bytes(kept_mail(delivery.kept_as) or b"")
    assert message["Message-ID"] == delivery.message_id
    assert kept_mail("../mail/" + file.name) == file.read_bytes()
    assert kept_mail("../../etc/passwd") is kept_mail("") is None
    monkeypatch.setattr("mespace.platform.mail_folder.MOST_FILES", 2)
    for _number in range(3):
        mail.EmailMessage("Ещё одно", "текст", to=["a@example.org"]).send()
    assert len(list((tmp_path / "mail").iterdir())) == 2


def test_a_refused_mail_warns_whoever_works_on_the_request(
    cast: Cast, asked: tuple[Ticket, Queue], settings: Any
) -> None:
    for arguments in asked[1].new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    delivery = Delivery.objects.get(kind=Kind.QUESTION)
    refused = Handed(Outcome.REFUSED, "SMTPRecipientsRefused 550", Reply(550, "5.1.1 no such user"))
    with patch("mespace.notifications.operations.send_mail.hand_over", return_value=refused):
        send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reply_code, delivery.reply_text) == (State.FAILED, 550, "5.1.1 no such user")
    assert [one.user_id for one in Notification.objects.filter(kind=Kind.UNDELIVERED)] == [cast.agent.user_id]
