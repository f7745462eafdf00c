"""A real IMAP server: mails are kept before they are put away, whatever breaks; a killed process loses none."""

import imaplib
import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.mail_in.mailbox import Inbox
from mespace.mail_in.models import Arrival, Inbound
from mespace.mail_in.operations import poll_mailbox as polling
from mespace.mail_in.operations.handle_inbound import handle_inbound, waiting
from mespace.mail_in.operations.poll_mailbox import MailboxUnreachable, Polled, poll_mailbox
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.mail_in.tests.dovecot import Dovecot
from mespace.platform.environment import Imap
from mespace.tickets.models import Contact
from tests.cast import make_cast

SOURCE = Path(__file__).resolve().parents[3]


class Box:
    """A mailbox of its own, and a second connection that fills it and looks inside."""

    def __init__(self, imap: Imap) -> None:
        self.imap = imap
        self.client = imaplib.IMAP4(imap.host, imap.port)
        self.client.login(imap.user, imap.password)

    def put(self, *mails: bytes) -> None:
        for raw in mails:
            self.client.append("INBOX", "", None, raw)

    def count(self, folder: str) -> int:
        kind, answer = self.client.select(folder)
        return int(answer[0] or 0) if kind == "OK" else 0


@pytest.fixture
def box(imap_server: Dovecot, settings: Any) -> Iterator[Box]:
    settings.IMAP = imap_server.mailbox(uuid.uuid4().hex)
    box = Box(settings.IMAP)
    yield box
    box.client.logout()


def poll() -> Polled:
    return poll_mailbox(now=lambda: NOW)


def letters(count: int) -> list[bytes]:
    return [corpus.plain(message_id=f"<{number}@zavod.example>") for number in range(count)]


@pytest.mark.django_db
def test_mails_are_kept_and_put_away(box: Box) -> None:
    box.put(*letters(3))
    assert poll() == Polled(kept=3)
    assert (box.count("INBOX"), box.count("Processed")) == (0, 3)
    assert Inbound.objects.count() == 3
    assert poll() == Polled()
    assert {row.is_whole for row in Inbound.objects.all()} == {True}


@pytest.mark.django_db
def test_a_mail_in_the_mailbox_twice_is_one(box: Box) -> None:
    box.put(corpus.plain(), b"Received: by another way\r\n" + corpus.plain())
    assert poll().kept == 2
    assert (Inbound.objects.count(), Arrival.objects.count()) == (1, 2)


@pytest.mark.django_db
def test_a_mailbox_that_numbers_anew_brings_nothing_twice(box: Box, imap_server: Dovecot) -> None:
    box.put(*letters(2))
    poll()
    box.client.select("Processed")
    for number in ("1", "2"):
        box.client.copy(number, "INBOX")
    before = Inbound.objects.count()
    Arrival.objects.update(uid_validity=1)  # as if the mailbox had been made anew
    assert poll().kept == 2
    assert Inbound.objects.count() == before
    assert box.count("INBOX") == 0


@pytest.mark.django_db
def test_what_was_kept_and_not_put_away_is_not_fetched_again(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put(*letters(2))

    def broken(_self: Inbox, _uid: int) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(Inbox, "put_away", broken)
        with pytest.raises(MailboxUnreachable):
            poll()
    assert Inbound.objects.count() == 1
    assert poll() == Polled(kept=1, known=1)
    assert (Inbound.objects.count(), box.count("INBOX")) == (2, 0)


@pytest.mark.django_db
def test_a_mail_that_cannot_be_kept_stays_and_holds_up_nobody(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put(*letters(3))
    ordinary, calls = polling.keep_message, iter(range(10))

    def fails_once(**given: Any) -> Inbound:
        if next(calls) == 1:
            raise RuntimeError
        return ordinary(**given)

    monkeypatch.setattr(polling, "keep_message", fails_once)
    assert poll() == Polled(kept=2, failed=1)
    assert box.count("INBOX") == 1
    assert poll() == Polled(kept=1)


@pytest.mark.django_db
def test_a_large_mail_comes_in_pieces_and_beyond_the_limit_only_its_beginning(box: Box, settings: Any) -> None:
    large = corpus.multipart(corpus.text("Смотрите"), corpus.attached("a.log", os.urandom(3_000_000)))
    box.put(large)
    poll()
    inbound = Inbound.objects.get()
    assert (inbound.is_whole, inbound.size) == (True, len(large.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))
    settings.MAX_MAIL_BYTES = 100_000
    box.put(large.replace(b"parts@", b"other@"))
    poll()
    assert not Inbound.objects.latest("pk").is_whole


@pytest.mark.django_db
def test_without_settings_or_server_nothing_is_lost(settings: Any) -> None:
    settings.IMAP = None
    assert poll() == Polled()
    settings.IMAP = Imap("127.0.0.1", 1, "u", "p", "none", "INBOX", "Processed")
    with pytest.raises(MailboxUnreachable):
        poll()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.conf import settings
from mespace.mail_in.operations import handle_inbound as handling, keep_message as keeping, poll_mailbox as polling
from mespace.mail_in import mailbox
from mespace.platform.clock import now
from mespace.platform.environment import Imap
settings.IMAP = Imap(*{imap!r})
settings.FILES = {files!r}
step, left = {step!r}, [{after}]
def dying(function):
    def wrapped(*args, **given):
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        return function(*args, **given)
    return wrapped
places = dict(
    fetch=(mailbox.Inbox, "envelope"), record=(keeping, "_recorded"), put_away=(mailbox.Inbox, "put_away"),
    claim=(handling, "_claimed"), route=(handling, "route"),
)
owner, name = places[step]
setattr(owner, name, dying(getattr(owner, name)))
polling.poll_mailbox(now=now)
for pk in handling.waiting(now=now()):
    handling.handle_inbound(inbound_id=pk, now=now())
"""


@pytest.mark.faults
def test_a_process_killed_at_any_step_loses_and_doubles_nothing(
    own_database: Any, box: Box, settings: Any, record_property: Any
) -> None:
    make_cast()
    mails = letters(5)
    box.put(*mails)
    imap = tuple(vars(settings.IMAP).values())
    kills = 0
    for step in ("fetch", "record", "put_away", "claim", "route"):
        code = KILLED.format(imap=imap, files=str(settings.FILES), step=step, after=0 if step != "fetch" else 1)
        environment = os.environ | {"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "mespace.settings"}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=environment, check=False, capture_output=True, timeout=100)
        assert done.returncode == -signal.SIGKILL, (step, done.stderr[-2000:])
        kills += 1
    polled = poll_mailbox(now=lambda: NOW + timedelta(days=300))
    later = NOW + timedelta(days=300)
    for pk in waiting(now=later):
        handle_inbound(inbound_id=pk, now=later)
    found = Contact.objects.filter(channel="mail").count()
    record_property("count", f"inbound mail: {kills} kills, {len(mails)} mails put in, {found} contacts found")
    assert polled.failed == 0
    assert (found, Inbound.objects.count(), box.count("INBOX")) == (5, 5, 0)
    assert {row.outcome for row in Inbound.objects.all()} == {"contact"}
