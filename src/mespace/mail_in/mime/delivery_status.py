"""What a mail server reports about a mail of ours: a delivery status notification, or an older kind of bounce."""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import BinaryIO

from mespace.mail_in.mime.headers import addresses, header, message_ids, normalised, parameter, raw
from mespace.mail_in.mime.parts import Part, beginning

MOST = 256 * 1024  # bytes of a report that are read
_BOUNCERS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon")
_ID_LINE = re.compile(rb"^Message-ID:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_RECIPIENT_LINE = re.compile(rb"^X-Failed-Recipients:\s*([^\r\n]{3,300})", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_PERMANENT = re.compile(rb"\b5\d\d[ -]|\b5\.\d\.\d\b")


@dataclass(frozen=True)
class Report:
    """One recipient's fate: `action` is failed, delayed, delivered, relayed or expanded."""

    recipient: str
    action: str
    status: str
    reporting_server: str
    remote_server: str


@dataclass(frozen=True)
class DeliveryReport:
    """The Message-IDs of the mail that is reported on, and what became of it by recipient."""

    message_ids: tuple[str, ...]
    reports: tuple[Report, ...]


def is_bounce(root: Part) -> bool:
    """Whether the mail is a report on delivery: by its type, or by its empty return path and sender."""
    if root.media_type == "multipart/report":
        return parameter(root.headers, "report-type") in {"delivery-status", ""} and any(
            part.media_type in {"message/delivery-status", "message/global-delivery-status"} for part in root.walk()
        )
    sender = next(iter(addresses(root.headers, "From")), None)
    is_daemon = sender is not None and sender.address.partition("@")[0] in _BOUNCERS
    has_no_path = any(value.strip() == "<>" for value in raw(root.headers, "Return-Path"))
    return bool(raw(root.headers, "X-Failed-Recipients")) or (is_daemon and has_no_path)


def read_report(file: BinaryIO, root: Part) -> DeliveryReport:
    """What the report says; empty where it says nothing that can be read."""
    ids: list[str] = []
    reports: list[Report] = []
    for part in root.walk():
        if part.media_type in {"message/delivery-status", "message/global-delivery-status"}:
            reports += _fields(beginning(file, part, MOST)[0])
        elif part.media_type in {"message/rfc822", "text/rfc822-headers", "message/global-headers", "message/global"}:
            ids += _ids(beginning(file, part, MOST)[0])
    if not ids:
        ids = [match.decode("ascii", "ignore") for match in _ID_LINE.findall(_everything(file, root))]
    if not ids:
        ids = message_ids(root.headers, "In-Reply-To", "References", "X-MS-Exchange-Message-Sent-Representing-Id")
    if not reports:
        reports = _told_in_words(file, root)
    return DeliveryReport(tuple(dict.fromkeys(ids)), tuple(reports))


def _fields(data: bytes) -> list[Report]:
    """Blocks of fields: the first is about the mail, each further one about a recipient."""
    blocks = [block for block in re.split(rb"\r?\n[ \t]*\r?\n", data.strip()) if block.strip()]
    parsed = [BytesHeaderParser(policy=compat32).parsebytes(block.replace(b"\x00", b"")) for block in blocks[:50]]
    server = next((_value(header(each, "Reporting-MTA")) for each in parsed if each["Reporting-MTA"]), "")
    found = []
    for each in parsed:
        recipient = normalised(_value(header(each, "Final-Recipient") or header(each, "Original-Recipient")))
        if recipient:
            status = _STATUS.search(header(each, "Status"))
            found.append(
                Report(
                    recipient=recipient,
                    action=header(each, "Action").split(" ")[0].lower(),
                    status=status[0] if status else "",
                    reporting_server=server,
                    remote_server=_value(header(each, "Remote-MTA")),
                )
            )
    return found


def _value(text: str) -> str:
    """`dns; mail.example.org` without its type."""
    return text.partition(";")[2].strip() if ";" in text else text.strip()


def _ids(data: bytes) -> list[str]:
    head = re.split(rb"\r?\n[ \t]*\r?\n", data.lstrip(), maxsplit=1)[0]
    return message_ids(BytesHeaderParser(policy=compat32).parsebytes(head.replace(b"\x00", b"")), "Message-ID")


def _everything(file: BinaryIO, root: Part) -> bytes:
    return b"\n".join(beginning(file, part, MOST)[0] for part in list(root.leaves())[:5])


def _told_in_words(file: BinaryIO, root: Part) -> list[Report]:
    """Exim and older servers name the recipient in a header and the reason in prose."""
    text = _everything(file, root)
    named = addresses(root.headers, "X-Failed-Recipients")
    if not named:
        named_in_text = _RECIPIENT_LINE.search(text)
        if named_in_text is None:
            return []
        recipients = [normalised(named_in_text[1].decode("utf-8", "ignore"))]
    else:
        recipients = [each.address for each in named]
    action = "failed" if named or _PERMANENT.search(text) else "delayed"
    return [Report(each, action, "", "", "") for each in recipients if each]
