"""Automatic answers over a real SMTP connection."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core import mail as outbox

from mespace.mail_in.models import AnswerKind, AnswerState, AutoAnswer, Inbound
from mespace.mail_in.operations.send_answer import send_answer, sweep_answers
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.tickets.models import Contact
from tests.cast import Cast

Take = Callable[..., Inbound]


class Server:
    """Takes every mail, and remembers the envelopes as they were said."""

    def __init__(self) -> None:
        self.said = ""
        self.envelopes: list[tuple[str, list[str]]] = []
        self.contents: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        self.envelopes.append((self.said, envelope.rcpt_tos))
        self.contents.append(envelope.content.decode())
        return "250 OK"


class Listening(SMTP):
    """aiosmtpd, which tells how the sender of the envelope was said."""

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        self.event_handler.said = arg.partition(" ")[0]
        await super().smtp_MAIL(arg)


class OwnController(Controller):
    """On a port of its own."""

    def factory(self) -> SMTP:
        return Listening(self.handler, hostname="mx.example.org")


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    handler = Server()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    controller = OwnController(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield handler
    controller.stop()


@pytest.mark.django_db
def test_an_answer_is_handed_to_the_mail_server(cast: Cast, take: Callable[..., Inbound], server: Server) -> None:
    take(corpus.plain())
    answer = send_answer(answer_id=AutoAnswer.objects.get().pk, now=NOW)
    assert answer is not None
    assert answer.state == "sent"
    assert server.envelopes == [("FROM:<>", [corpus.STRANGER])]  # RFC 3834: nothing can come back to it
    assert "Auto-Submitted: auto-replied" in server.contents[0]
    assert "Return-Path" not in server.contents[0]


@pytest.mark.django_db
def test_an_answer_waits_for_a_server_that_is_away_and_gives_up_in_the_end(
    cast: Cast, take: Callable[..., Inbound], server: Server, settings: Any
) -> None:
    settings.EMAIL_PORT = 1
    take(corpus.plain())
    answer = AutoAnswer.objects.get()
    for attempt in range(1, 5):
        send_answer(answer_id=answer.pk, now=NOW)
        answer.refresh_from_db()
        assert answer.state == ("planned" if attempt < 4 else "failed")
        AutoAnswer.objects.filter(state="planned").update(next_attempt_at=NOW)
    assert answer.error == "ConnectionRefusedError"


@pytest.mark.django_db
def test_an_answer_is_marked_for_machines_and_sent_once(cast: Cast, take: Take) -> None:
    take(corpus.plain())
    answer = AutoAnswer.objects.get()
    for _ in range(2):
        send_answer(answer_id=answer.pk, now=NOW)
    (sent,) = outbox.outbox
    answer.refresh_from_db()
    assert (answer.state, sent.to) == (AnswerState.SENT, [corpus.STRANGER])
    message = sent.message()
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["In-Reply-To"] == "<m1@zavod.example>"
    assert message["Message-ID"] == answer.message_id
    assert take(message.as_bytes()).outcome in {"own", "automatic"}
    assert Contact.objects.count() == 1


@pytest.mark.django_db
def test_a_lost_answer_is_queued_and_a_claimed_one_is_not_sent_again(cast: Cast, take: Take) -> None:
    take(corpus.plain())
    sweep_answers(now=NOW + timedelta(minutes=11))
    AutoAnswer.objects.update(state=AnswerState.SENDING, claimed_at=NOW, next_attempt_at=None)
    sweep_answers(now=NOW + timedelta(minutes=11))
    assert AutoAnswer.objects.get().state == AnswerState.UNCERTAIN


@pytest.mark.django_db
def test_every_kind_of_automatic_answer_goes_from_nobody(cast: Cast, take: Take, server: Server) -> None:
    take(corpus.plain())
    for kind in AnswerKind:
        AutoAnswer.objects.update(kind=kind, state=AnswerState.PLANNED, next_attempt_at=NOW)
        send_answer(answer_id=AutoAnswer.objects.get().pk, now=NOW)
    assert [sender for sender, _to in server.envelopes] == ["FROM:<>"] * len(AnswerKind)


@pytest.mark.django_db
def test_without_a_mail_server_an_answer_is_kept_in_the_folder(
    cast: Cast, take: Take, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FOLDER = "mespace.platform.mail_folder.FolderBackend", tmp_path / "mail"
    take(corpus.plain())
    answer = send_answer(answer_id=AutoAnswer.objects.get().pk, now=NOW)
    assert answer is not None
    assert answer.state == AnswerState.KEPT
    [file] = (tmp_path / "mail").glob("*.eml")
    assert f"To: {corpus.STRANGER}" in file.read_text()


@pytest.mark.django_db
def test_an_address_with_a_russian_domain_is_answered_and_heard(cast: Cast, take: Take, server: Server) -> None:
    take(corpus.plain(sender="ivan@xn--80aegj1b.xn--p1ai"))
    answer = send_answer(answer_id=AutoAnswer.objects.get().pk, now=NOW)
    assert answer is not None
    assert answer.state == AnswerState.SENT
    assert server.envelopes[0][1] == ["ivan@xn--80aegj1b.xn--p1ai"]
