"""Mails kept and handled without a mailbox, and a Dovecot where one is found."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mespace.mail_in.models import Inbound
from mespace.mail_in.operations.handle_inbound import handle_inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.mail_in.tests import corpus, dovecot
from tests.cast import WEDNESDAY

NOW = WEDNESDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def mail_settings(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    settings.MAIL_REPLY_ADDRESS = corpus.SUPPORT
    settings.DEFAULT_FROM_EMAIL = f"MESPACE Support <{corpus.SUPPORT}>"
    settings.BASE_URL = "https://mes.example"
    settings.MAIL_IS_SET = True


@pytest.fixture
def take() -> Callable[..., Inbound]:
    """Keep a mail and handle it, as the mailbox would bring it."""
    uids = iter(range(1, 10_000))

    def taken(raw: bytes, *, now: datetime = NOW, handle: bool = True) -> Inbound:
        place = Place("INBOX", 1, next(uids))
        found = Found(place, len(raw), now - timedelta(minutes=5), iter([raw]))
        inbound = keep_message(now=now, found=found)
        if handle:
            handle_inbound(inbound_id=inbound.pk, now=now)
        return Inbound.objects.get(pk=inbound.pk)

    return taken


@pytest.fixture(scope="session")
def imap_server() -> Iterator[dovecot.Dovecot]:
    """A Dovecot of our own on loopback; skipped, and said so, where none is installed."""
    with dovecot.started() as server:
        yield server
