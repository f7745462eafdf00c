"""Taking in what lies in the mailbox: each mail is kept first, and only then put away."""

import imaplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db import connection
from imap_tools.errors import ImapToolsError

from mespace.mail_in.mailbox import Gone, Inbox, opened
from mespace.mail_in.operations.keep_message import Found, Place, how_much, is_kept, keep_message
from mespace.platform.files import NoRoom

log = structlog.get_logger("mespace.mail_in")
MOST = 200  # mails of one run; the rest is for the next one
LOCK = 0x4D41494C  # "MAIL": while one process reads the mailbox, a second one has nothing to do
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError)


class MailboxUnreachable(Exception):  # noqa: N818 - named as what happened
    """The mail server did not let us read the mailbox; nothing was lost, the next run tries again."""


@dataclass(frozen=True)
class Polled:
    """How many mails were kept, were there before, and could not be kept just now."""

    kept: int = 0
    known: int = 0
    failed: int = 0


def poll_mailbox(*, now: Callable[[], datetime]) -> Polled:
    """Keep every mail of the folder and put it away; nothing is done without IMAP settings or beside another poll.

    Raises MailboxUnreachable.
    """
    if settings.IMAP is None:
        return Polled()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return Polled()
    try:
        with opened(settings.IMAP) as inbox:
            return _taken_in(inbox, now)
    except TROUBLE as error:
        raise MailboxUnreachable(type(error).__name__) from error
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _taken_in(inbox: Inbox, now: Callable[[], datetime]) -> Polled:
    kept = known = failed = 0
    for uid in inbox.uids():
        if kept + failed >= MOST:
            break
        place = Place(inbox.folder, inbox.uid_validity, uid)
        if is_kept(place):
            known += 1
        else:
            try:
                _keep(inbox, place, now())
            except Gone:
                continue
            except (NoRoom, *TROUBLE):  # the disk is full or the connection is gone: no further mail would fare better
                raise
            except Exception:
                failed += 1
                log.exception("a mail could not be kept", uid=uid)
                continue
            kept += 1
        inbox.put_away(uid)
    return Polled(kept, known, failed)


def _keep(inbox: Inbox, place: Place, now: datetime) -> None:
    envelope = inbox.envelope(place.uid)
    chunks = inbox.chunks(place.uid, most=how_much(envelope.size))
    keep_message(now=now, found=Found(place, envelope.size, envelope.arrived_at, chunks))
