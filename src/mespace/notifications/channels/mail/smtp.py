"""Handing a mail to the configured server, asking for a delivery status, and keeping the server's own answer."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

from mespace.platform.addresses import ascii_address
from mespace.platform.mail_folder import FolderBackend

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

OWN_BACKEND = f"{__name__}.SmtpBackend"
DJANGOS_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT = 500  # replies from here on will be the same next time
ERROR_LENGTH, REPLY_LENGTH, QUEUE_ID_LENGTH = 60, 300, 100
_PLAIN = frozenset(range(0x21, 0x7F)) - frozenset(b"+=")
_ACCEPTED = frozenset({250, 251})
# How the common servers name the mail in their queue: Postfix and others, Exim, Sendmail.
_QUEUE_ID = re.compile(r"queued as ([\w.-]+)|\bid=([\w.-]+)|\b([A-Za-z0-9]{10,20}) Message accepted", re.ASCII)


class Outcome(StrEnum):
    """How far a mail came."""

    SENT = "sent"
    KEPT = "kept"  # written into the folder: there is no server
    LATER = "later"  # certainly not taken; worth another try
    REFUSED = "refused"  # certainly not taken, for good
    UNCERTAIN = "uncertain"  # the content was under way when the connection broke


@dataclass(frozen=True)
class Reply:
    """A mail server's last answer: its code, its words in one line, and the name that it gave the mail."""

    code: int | None = None
    text: str = ""
    queue_id: str = ""


@dataclass(frozen=True)
class Handed:
    """The outcome, the server's answer, and the class of an error (with the code)."""

    outcome: Outcome
    error: str = ""
    reply: Reply = Reply()
    kept_as: str = ""
    asked_for_status: bool = False


class _Watched:
    """Remembers whether the content of a mail was begun: from then on a broken connection proves nothing."""

    content_begun = False

    def data(self, msg: Any) -> Any:  # noqa: ANN401 - as smtplib has it
        """Send the content."""
        self.content_begun = True
        return super().data(msg)  # type: ignore[misc]


class WatchedSmtp(_Watched, smtplib.SMTP):
    """SMTP that remembers."""


class WatchedSmtpSsl(_Watched, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


class SmtpBackend(EmailBackend):
    """Django's backend over connections that remember."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The class of the connection."""
        return WatchedSmtpSsl if self.use_ssl else WatchedSmtp


def hand_over(mail: EmailMessage, *, return_path: str | None, envelope_id: str = "") -> Handed:
    """What became of one mail to one recipient, given to the server. Raises nothing that a mail server can cause.

    `return_path` is the envelope's sender; empty means the null one, None that of the mail itself. Where the server
    offers it, a delivery status notification is asked for (RFC 3461), to be known by `envelope_id`.
    """
    backend = OWN_BACKEND if settings.EMAIL_BACKEND == DJANGOS_BACKEND else settings.EMAIL_BACKEND
    connection: Any = get_connection(backend=backend)
    if isinstance(connection, FolderBackend):
        return Handed(Outcome.KEPT, kept_as=connection.keep(mail))
    try:
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            return _handed(_refusal(error), error)
        smtp = getattr(connection, "connection", None)
        try:
            if not isinstance(smtp, smtplib.SMTP):
                connection.send_messages([mail])
                return Handed(Outcome.SENT)
            reply, asked = _converse(smtp, mail, return_path, envelope_id)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            return _handed(_refusal(error), error)  # an answer was read: nothing is uncertain
        except (smtplib.SMTPException, OSError) as error:
            begun = getattr(smtp, "content_begun", False)
            return _handed(Outcome.UNCERTAIN if begun else _refusal(error), error)
        return Handed(Outcome.SENT, reply=reply, asked_for_status=asked)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _converse(smtp: smtplib.SMTP, mail: EmailMessage, return_path: str | None, envelope_id: str) -> tuple[Reply, bool]:
    """The server's answer to the content, and whether it was asked for a delivery status. Raises what smtplib does."""
    smtp.ehlo_or_helo_if_needed()
    message: Any = mail.message()  # Django's class, which its types do not name
    content = message.as_bytes(linesep="\r\n")
    sender = ascii_address(parseaddr(mail.from_email)[1] if return_path is None else return_path)
    address = ascii_address(mail.to[0])
    asks = bool(envelope_id) and smtp.has_extn("dsn")
    mail_options = [f"SIZE={len(content)}"] if smtp.has_extn("size") else []
    mail_options += ["BODY=8BITMIME"] if smtp.has_extn("8bitmime") else []
    mail_options += ["RET=HDRS", f"ENVID={envelope_id}"] if asks else []
    recipient_options = ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{xtext(address)}"] if asks else []
    code, words = smtp.mail(sender, mail_options)
    if code not in _ACCEPTED:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    code, words = smtp.rcpt(address, recipient_options)
    if code not in _ACCEPTED:
        raise smtplib.SMTPRecipientsRefused({address: (code, words)})
    code, words = smtp.data(content)
    if code not in _ACCEPTED:
        raise smtplib.SMTPDataError(code, words)
    return _reply(code, words), asks


def xtext(text: str) -> str:
    """The text as RFC 3461 writes it into a command: whatever is no plain ASCII, and `+` and `=`, as +HH."""
    return "".join(chr(byte) if byte in _PLAIN else f"+{byte:02X}" for byte in text.encode())


def one_line(words: bytes | str, length: int = REPLY_LENGTH) -> str:
    """A foreign server's words, safe to store and to show: printable, in one line, not endless."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:length]


def _reply(code: int | None, words: bytes | str) -> Reply:
    text = one_line(words)
    found = _QUEUE_ID.search(text)
    name = next((group for group in found.groups() if group), "") if found else ""
    return Reply(code, text, name[:QUEUE_ID_LENGTH])


def _handed(outcome: Outcome, error: BaseException) -> Handed:
    code, words = _answer(error)
    name = f"{type(error).__name__}{f' {code}' if code else ''}"[:ERROR_LENGTH]
    return Handed(outcome, name, _reply(code, words))


def _answer(error: BaseException) -> tuple[int | None, bytes | str]:
    """What the server said, if the error holds an answer of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(iter(error.recipients.values()), (None, b""))
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return None, ""


def _refusal(error: BaseException) -> Outcome:
    """Only a recipient or a content that the server turns down for good is refused; our own settings may be mended."""
    final = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return Outcome.REFUSED if final and (_answer(error)[0] or 0) >= PERMANENT else Outcome.LATER
