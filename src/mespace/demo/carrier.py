"""A mail server that is played: it takes, refuses or breaks off, as the demo's mails need it to be seen."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

REFUSING, BREAKING = "refusing", "breaking"
FATES: dict[str, str] = {}  # by recipient; whoever is not named gets the mail


@dataclass(frozen=True)
class _Line:
    """A connection over which a mail's content has begun."""

    content_begun: bool = True


class Carrier(BaseEmailBackend):
    """Mails go nowhere; what becomes of each is told as an SMTP server's answer would be."""

    connection = _Line()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken. Raises what smtplib does."""
        for mail in email_messages:
            address = mail.to[0]
            if FATES.get(address) == REFUSING:
                raise smtplib.SMTPRecipientsRefused({address: (550, b"5.1.1 User unknown in virtual mailbox table")})
            if FATES.get(address) == BREAKING:
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
        return len(email_messages)
