"""Automatic answers over a real SMTP connection."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as outbox

from mespace.mail_in.models import AnswerState, AutoAnswer, Inbound
from mespace.mail_in.operations.send_answer import send_answer, sweep_answers
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.tickets.models import Contact
from tests.cast import Cast

Take = Callable[..., Inbound]


class Server:
    """Takes every mail."""

    def __init__(self) -> None:
        self.senders: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802
        self.senders.append(envelope.mail_from)
        return "250 OK"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    handler = Server()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
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
    assert (answer.state, server.senders) == ("sent", [corpus.SUPPORT])


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
