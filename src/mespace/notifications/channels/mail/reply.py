"""Answering a mail by mail: the secret address of each delivery, and the mark above which an answer is written."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from mespace.notifications.models import Delivery

MARK = re.compile(r"##-[^\n]{1,120}-##")  # in every language


def reply_address(delivery: Delivery) -> str:
    """`support+TOKEN@example.org`; empty where no mailbox for answers is set, or the mail is not about a ticket."""
    if not settings.MAIL_REPLY_ADDRESS or not delivery.reply_token:
        return ""
    local, _at, domain = settings.MAIL_REPLY_ADDRESS.rpartition("@")
    return f"{local}+{delivery.reply_token}@{domain}"


def token_of(address: str) -> str:
    """The token in an address that `reply_address` made, in lower case; empty for any other address."""
    local, _at, domain = settings.MAIL_REPLY_ADDRESS.lower().rpartition("@")
    name, _at, host = address.strip().lower().rpartition("@")
    mailbox, _plus, token = name.partition("+")
    return token if domain and (mailbox, host) == (local, domain) else ""


def reply_mark() -> str:
    """The line above which an answer is written, in the present language; `MARK` finds it."""
    words = _("Write your answer above this line")
    return f"##- {words} -##"
