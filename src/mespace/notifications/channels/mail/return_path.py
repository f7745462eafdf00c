"""The envelope's sender of each mail: where bounces come back, and by which they say what mail they are about."""

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from mespace.notifications.models import Delivery

NOBODY = ""  # MAIL FROM:<>: whatever becomes of such a mail, no machine says anything (RFC 5321, RFC 3834)
_SALT = "mespace.notifications.return_path"
_LENGTH = 16  # letters of the signature, five bits each


def return_path(delivery: Delivery) -> str:
    """`support+b-17-SIGNATURE@example.org` where signed ones are set, otherwise the mailbox for answers; empty: none.

    It is no secret towards the mail's reader, who finds it in the mail: it proves a failure, which only warns, and
    never a receipt.
    """
    if not settings.MAIL_REPLY_ADDRESS or not settings.MAIL_SIGNED_RETURN_PATH:
        return str(settings.MAIL_REPLY_ADDRESS)
    local, _at, domain = settings.MAIL_REPLY_ADDRESS.rpartition("@")
    return f"{local}+b-{delivery.pk}-{_signature(delivery.pk)}@{domain}"


def returned_to(address: str) -> int | None:
    """The id of the delivery whose signed return path the address is; None for any other address."""
    local, _at, domain = settings.MAIL_REPLY_ADDRESS.lower().rpartition("@")
    name, _at, host = address.strip().lower().rpartition("@")
    mailbox, _plus, extension = name.partition("+")
    kind, _dash, rest = extension.partition("-")
    number, _dash, signature = rest.partition("-")
    if not domain or (mailbox, host, kind) != (local, domain, "b") or not _is_id(number) or not signature.isascii():
        return None
    return int(number) if constant_time_compare(signature, _signature(int(number))) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18  # noqa: PLR2004 - what fits the column


def _signature(number: int) -> str:
    mac = salted_hmac(_SALT, str(number), algorithm="sha256").digest()
    return base64.b32encode(mac).decode().lower()[:_LENGTH]
