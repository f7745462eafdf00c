"""The mailbox, read over IMAP: what lies there, in pieces, and put away once it is kept."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from mespace.platform.environment import Imap

TIMEOUT = 30  # seconds without an answer
PIECE = 1024 * 1024  # bytes fetched at a time
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


@dataclass(frozen=True)
class Envelope:
    """What the mailbox says of a mail before it is fetched."""

    uid: int
    size: int
    arrived_at: datetime


class Gone(Exception):  # noqa: N818 - named as what happened
    """The mail is not there any more: somebody moved or deleted it meanwhile."""


class Inbox:
    """One folder of one mailbox, open for reading and putting away."""

    def __init__(self, box: BaseMailBox, *, folder: str, processed: str) -> None:
        self.box, self.folder, self.processed = box, folder, processed
        self.client: Any = box.client
        _kind, validity = self.client.response("UIDVALIDITY")
        self.uid_validity = int(validity[0]) if validity and validity[0] else 0
        if processed and not box.folder.exists(processed):
            box.folder.create(processed)

    def uids(self) -> list[int]:
        """Every mail in the folder, the oldest first."""
        return sorted(int(uid) for uid in self.box.uids("ALL"))

    def envelope(self, uid: int) -> Envelope:
        """Size and arrival of a mail. Raises Gone."""
        answer = self._fetch(uid, "(RFC822.SIZE INTERNALDATE)")
        text = b" ".join(each if isinstance(each, bytes) else b" ".join(each) for each in answer if each)
        size = _SIZE.search(text)
        if size is None:
            raise Gone(uid)
        return Envelope(uid, int(size[1]), _instant(_DATE.search(text)))

    def chunks(self, uid: int, *, most: int) -> Iterator[bytes]:
        """The first `most` bytes of a mail, in pieces; reading marks nothing as seen. Raises Gone."""
        at = 0
        while at < most:
            wanted = min(PIECE, most - at)
            answer = self._fetch(uid, f"(BODY.PEEK[]<{at}.{wanted}>)")
            piece = next((each[1] for each in answer if isinstance(each, tuple)), None)
            if piece is None:
                raise Gone(uid)
            if piece:
                yield piece
            at += len(piece)
            if len(piece) < wanted:  # some servers count sizes of their own: this is the end
                return

    def put_away(self, uid: int) -> None:
        """Mark the mail as seen, and move it out of the folder."""
        self.client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")
        if self.processed:
            self.box.move(str(uid), self.processed)

    def _fetch(self, uid: int, what: str) -> list[Any]:
        kind, answer = self.client.uid("FETCH", str(uid), what)
        if kind != "OK":
            raise Gone(uid)
        return list(answer)


@contextmanager
def opened(imap: Imap) -> Iterator[Inbox]:
    """The configured mailbox, signed in. Raises OSError and imaplib's and imap_tools' errors."""
    with _connected(imap).login(imap.user, imap.password, initial_folder=imap.folder) as box:
        yield Inbox(box, folder=imap.folder, processed=imap.processed)


def _connected(imap: Imap) -> BaseMailBox:
    if imap.security == "none":
        return MailBoxUnencrypted(imap.host, imap.port, timeout=TIMEOUT)
    context = ssl.create_default_context()  # the library's own would accept any certificate
    kind = MailBox if imap.security == "tls" else MailBoxStartTls
    return kind(imap.host, imap.port, timeout=TIMEOUT, ssl_context=context)


def _instant(found: re.Match[bytes] | None) -> datetime:
    """INTERNALDATE; the present when the server's cannot be read."""
    if found is not None:
        try:
            return datetime.strptime(found[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
        except ValueError:
            pass
    return datetime.max.replace(tzinfo=UTC)  # whoever keeps it takes the earlier of this and now
