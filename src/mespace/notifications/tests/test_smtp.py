"""Mail over a real SMTP connection: taken, refused, put off, broken off, and a worker killed in the middle."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from mespace.notifications.models import Delivery, State
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import CLAIM_HOLDS, send_mail
from mespace.notifications.operations.sweep_deliveries import sweep_deliveries
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from tests.cast import WEDNESDAY, Cast, make_cast

NOW = WEDNESDAY + timedelta(minutes=10)
SOURCE = Path(__file__).resolve().parents[3]


class DsnSmtp(SMTP):
    """aiosmtpd with the extension that it lacks: delivery status notifications (RFC 3461)."""

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        kept = [word for word in arg.split(" ") if not word.startswith(("RET=", "ENVID="))]
        self.event_handler.asked += [word for word in arg.split(" ") if word.startswith(("RET=", "ENVID="))]
        await super().smtp_MAIL(" ".join(kept))

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        address, *options = arg.split(" ")
        self.event_handler.asked += options
        await super().smtp_RCPT(address)


class Server(Controller):
    """On a port of its own."""

    def factory(self) -> SMTP:
        return DsnSmtp(self.handler, hostname="mx.example.org")


class MailServer:
    """A server that does with a mail what the test tells it to."""

    offers_status = False

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, host: str, answers: list[str]) -> list[str]:  # noqa: N802, ARG002
        session.host_name = host
        return [*answers[:-1], *(["250-DSN"] if self.offers_status else []), answers[-1]]

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.asked: list[str] = []
        self.senders: list[str] = []
        self.to_recipient = self.to_content = "250 OK"
        self.breaks_off = False
        self.waits: threading.Event | None = None
        self.got_content = threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802, ARG002
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802, ARG002
        self.taken.append(envelope.content)
        self.senders.append(envelope.mail_from)
        self.got_content.set()
        if self.waits is not None:
            while not self.waits.is_set():  # noqa: ASYNC110 - the event is another thread's
                await asyncio.sleep(0.02)
        if self.breaks_off:
            server.transport.abort()
        return self.to_content


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    handler = MailServer()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    controller = Server(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL_IS_SET = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5
    yield handler
    controller.stop()


def planned(cast: Cast) -> Delivery:
    """A mail about a new ticket, planned for an agent."""
    cast.file()
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=NOW)
    return Delivery.objects.get(recipient_id=cast.agent.user_id)


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(cast: Cast, server: MailServer) -> None:
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.evidence) == (State.SENT, "relay")
    message = message_from_bytes(server.taken[0], policy=policy.default)
    assert message["Subject"].strip() == "[ZAVOD-1] Новое обращение: Не печатаются этикетки"
    assert message["Message-ID"] == delivery.message_id
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "После смены задания принтер молчит." in plain.get_content()
    assert "<strong>задания</strong>" in html.get_content()


@pytest.mark.django_db
def test_the_server_is_asked_for_a_status_and_its_answer_is_kept(cast: Cast, server: MailServer, settings: Any) -> None:
    settings.MAIL_REPLY_ADDRESS = "support@example.org"
    server.offers_status = True
    server.to_content = "250 2.0.0 Ok: queued as 4XyZ1A"
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert sorted(server.asked) == [
        f"ENVID={delivery.envelope_id}", "NOTIFY=SUCCESS,FAILURE,DELAY", "ORCPT=rfc822;agent@example.org", "RET=HDRS",
    ]  # fmt: skip
    assert server.senders == ["support@example.org"]
    assert (delivery.asked_for_status, delivery.reply_code, delivery.queue_id) == (True, 250, "4XyZ1A")
    assert delivery.reply_text == "2.0.0 Ok: queued as 4XyZ1A"
    assert delivery.envelope_id not in server.taken[0].decode()


@pytest.mark.django_db
def test_a_server_that_knows_no_status_is_not_asked(cast: Cast, server: MailServer) -> None:
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (server.asked, delivery.asked_for_status, delivery.state) == ([], False, State.SENT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to_recipient", "to_content", "state", "error"),
    [
        ("550 no such mailbox", "250 OK", State.FAILED, "SMTPRecipientsRefused 550"),
        ("451 come later", "250 OK", State.PLANNED, "SMTPRecipientsRefused 451"),
        ("250 OK", "554 spam", State.FAILED, "SMTPDataError 554"),
        ("250 OK", "452 disk full", State.PLANNED, "SMTPDataError 452"),
    ],
)
def test_what_the_server_says_decides(
    cast: Cast, server: MailServer, to_recipient: str, to_content: str, state: State, error: str
) -> None:
    server.to_recipient, server.to_content = to_recipient, to_content
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (state, error)
    said = to_recipient if to_recipient[0] != "2" else to_content
    assert f"{delivery.reply_code} {delivery.reply_text}" == said
    if state == State.PLANNED:
        server.to_recipient = server.to_content = "250 OK"
        assert send_mail(delivery_id=delivery.pk, now=NOW + timedelta(seconds=59)) is None
        send_mail(delivery_id=delivery.pk, now=NOW + timedelta(seconds=60))
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts, delivery.last_error) == (State.SENT, 2, "")


@pytest.mark.django_db
def test_a_server_that_does_not_answer_in_time_leaves_it_uncertain(
    cast: Cast, server: MailServer, settings: Any
) -> None:
    server.waits = threading.Event()
    settings.EMAIL_TIMEOUT = 1
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    server.waits.set()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.UNCERTAIN, "SMTPServerDisconnected")


@pytest.mark.django_db
def test_a_connection_that_breaks_after_the_content_leaves_it_uncertain(cast: Cast, server: MailServer) -> None:
    server.breaks_off = True
    delivery = planned(cast)
    send_mail(delivery_id=delivery.pk, now=NOW)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.UNCERTAIN, "SMTPServerDisconnected")
    assert send_mail(delivery_id=delivery.pk, now=NOW + timedelta(days=1)) is None
    assert len(server.taken) == 1


@pytest.mark.long
def test_a_worker_killed_while_it_hands_a_mail_over_does_not_send_it_twice(
    own_database: Any, server: MailServer, settings: Any
) -> None:
    server.waits = threading.Event()
    delivery = planned(make_cast())
    program = (
        "import sys, datetime, django; django.setup()\n"
        "from mespace.notifications.operations.send_mail import send_mail\n"
        "send_mail(delivery_id=int(sys.argv[1]), now=datetime.datetime.fromisoformat(sys.argv[2]))\n"
    )
    environ = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "mespace.settings",
        "MESPACE_SMTP_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        "MESPACE_MAIL_FROM": "support@example.com",
    }
    child = subprocess.Popen([sys.executable, "-c", program, str(delivery.pk), NOW.isoformat()], env=environ)
    try:
        assert server.got_content.wait(30)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        server.waits.set()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (State.SENDING, 1)
    assert send_mail(delivery_id=delivery.pk, now=NOW + timedelta(minutes=1)) is None
    assert sweep_deliveries(now=NOW + CLAIM_HOLDS + timedelta(seconds=1))[0] == 1
    delivery.refresh_from_db()
    assert delivery.state == State.UNCERTAIN
    assert send_mail(delivery_id=delivery.pk, now=NOW + timedelta(days=1)) is None
    assert len(server.taken) == 1


@pytest.mark.long
def test_two_workers_with_the_same_job_send_one_mail(own_database: Any, server: MailServer) -> None:
    from django.db import connection

    delivery = planned(make_cast())
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        try:
            send_mail(delivery_id=delivery.pk, now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, len(server.taken)) == (State.SENT, 1, 1)
