"""Reading a delivery status notification (RFC 3464): pure, and of a hostile text believing nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

LARGEST = 2 * 1024 * 1024  # bytes of a report that are looked at
MOST_PARTS, MOST_RECIPIENTS, LONGEST = 50, 20, 300
_XTEXT = re.compile(r"\+([0-9A-F]{2})")


class Action(StrEnum):
    """What became of a mail on its way."""

    DELIVERED = "delivered"  # by the server that keeps the recipient's mailbox
    RELAYED = "relayed"  # to a server that reports nothing
    EXPANDED = "expanded"  # to the members of a list
    DELAYED = "delayed"
    FAILED = "failed"


@dataclass(frozen=True)
class RecipientStatus:
    """What a report says of one recipient; addresses in lower case, the server's words in one line."""

    action: Action
    status: str
    original_recipient: str
    final_recipient: str
    words: str


@dataclass(frozen=True)
class StatusReport:
    """A report: which mail it is about, by which server, and what became of it."""

    envelope_id: str
    message_id: str  # of the mail whose headers it returns; anybody who has the mail knows it
    server: str
    recipients: tuple[RecipientStatus, ...]


def status_report(raw: bytes) -> StatusReport | None:
    """The report in a message; None when there is none, or it cannot be read. Never raises."""
    try:
        message = message_from_bytes(raw[:LARGEST])
        if message.get_content_type() != "multipart/report":
            return None
        return _report(message)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # what `email` does with broken ones
        return None


def _report(message: Message) -> StatusReport | None:
    blocks: list[Message] = []
    returned = ""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if kind in {"message/delivery-status", "message/global-delivery-status"} and not blocks:
            payload = part.get_payload()
            blocks = [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
        elif kind == "text/rfc822-headers" and not returned:
            returned = _message_id(message_from_bytes(part.get_payload(decode=True) or b""))  # type: ignore[arg-type]
        elif kind == "message/rfc822" and not returned:
            payload = part.get_payload()
            returned = _message_id(payload[0]) if isinstance(payload, list) and payload else ""  # type: ignore[arg-type]
    recipients = tuple(_recipients(blocks[1:]))
    if not recipients:
        return None
    return StatusReport(
        envelope_id=_unescaped(_field(blocks[0], "Original-Envelope-Id")),
        message_id=returned,
        server=_typed(_field(blocks[0], "Reporting-MTA")),
        recipients=recipients,
    )


def _recipients(blocks: list[Message]) -> Iterator[RecipientStatus]:
    for block in blocks[:MOST_RECIPIENTS]:
        action = _field(block, "Action").lower().split(" ")[0]
        if action in set(Action):
            yield RecipientStatus(
                action=Action(action),
                status=_field(block, "Status").split(" ")[0][:12],
                original_recipient=_unescaped(_typed(_field(block, "Original-Recipient"))).lower(),
                final_recipient=_typed(_field(block, "Final-Recipient")).lower(),
                words=_typed(_field(block, "Diagnostic-Code")) or _typed(_field(block, "Remote-MTA")),
            )


def _field(block: Message, name: str) -> str:
    text = str(block.get(name, ""))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST]


def _typed(value: str) -> str:
    """What stands behind the type, as in `rfc822; someone@example.org`."""
    _type, semicolon, rest = value.partition(";")
    return (rest if semicolon else value).strip().strip("<>")


def _unescaped(value: str) -> str:
    return _XTEXT.sub(lambda found: chr(int(found[1], 16)), value)


def _message_id(message: Message) -> str:
    return _field(message, "Message-ID")
