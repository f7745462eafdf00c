"""Handing a mail to the configured server, and knowing how far that came."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

OWN_BACKEND = f"{__name__}.SmtpBackend"
DJANGOS_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PERMANENT = 500  # replies from here on will be the same next time
ERROR_LENGTH = 60


class Outcome(StrEnum):
    """How far a mail came."""

    SENT = "sent"
    LATER = "later"  # certainly not taken; worth another try
    REFUSED = "refused"  # certainly not taken, for good
    UNCERTAIN = "uncertain"  # the content was under way when the connection broke


@dataclass(frozen=True)
class Handed:
    """The outcome, and the class of the error with the server's code (its text may hold anything)."""

    outcome: Outcome
    error: str = ""


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


def hand_over(mail: EmailMessage) -> Handed:
    """What became of one mail to one recipient, given to the server. Raises nothing that a mail server can cause."""
    backend = OWN_BACKEND if settings.EMAIL_BACKEND == DJANGOS_BACKEND else settings.EMAIL_BACKEND
    connection: Any = get_connection(backend=backend)
    try:
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            return Handed(_refusal(error), _named(error))
        smtp = getattr(connection, "connection", None)
        try:
            connection.send_messages([mail])
        except smtplib.SMTPResponseException as error:  # an answer was read: nothing is uncertain
            return Handed(_refusal(error), _named(error))
        except smtplib.SMTPRecipientsRefused as error:
            return Handed(_refusal(error), _named(error))
        except (smtplib.SMTPException, OSError) as error:
            begun = getattr(smtp, "content_begun", False)
            return Handed(Outcome.UNCERTAIN if begun else _refusal(error), _named(error))
        return Handed(Outcome.SENT)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _code(error: BaseException) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _ in error.recipients.values()), None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None


def _refusal(error: BaseException) -> Outcome:
    """Only a recipient or a content that the server turns down for good is refused; our own settings may be mended."""
    final = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return Outcome.REFUSED if final and (_code(error) or 0) >= PERMANENT else Outcome.LATER


def _named(error: BaseException) -> str:
    code = _code(error)
    return f"{type(error).__name__}{f' {code}' if code else ''}"[:ERROR_LENGTH]
