"""What a mail server reports about a mail of ours: a delivery status notification, or a bounce in its own words."""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import BinaryIO

from mespace.mail_in.mime.bounce_words import NAMES_A_BOUNCE, Told, told_in
from mespace.mail_in.mime.charsets import text_of
from mespace.mail_in.mime.headers import addresses, header, message_ids, normalised, parameter, raw
from mespace.mail_in.mime.html_text import text_of_html
from mespace.mail_in.mime.parts import Part, beginning

MOST = 256 * 1024  # bytes of a report that are read
_BOUNCERS = ("mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "microsoftexchange")
_ID_LINE = re.compile(rb"^[>|\s]{0,20}Message-ID:\s{0,20}(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})


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
    """The Message-IDs of the mail that is reported on, what became of it by recipient, and what is said in words."""

    message_ids: tuple[str, ...]
    reports: tuple[Report, ...]
    told: Told

    @property
    def actions(self) -> frozenset[str]:
        """What it says of anybody, by its fields or, without such, in words."""
        return frozenset({each.action for each in self.reports} or {self.told.action}) - {""}


def is_bounce(root: Part) -> bool:
    """Whether the mail is a report on delivery: by its type, or by its empty return path with sender or subject."""
    kind = parameter(root.headers, "report-type")
    if root.media_type == "multipart/report" and kind == "disposition-notification":
        return False
    if any(part.media_type in _REPORTS for part in root.walk()) and kind in {"delivery-status", ""}:
        return root.media_type == "multipart/report" or _is_from_a_server(root)
    return bool(raw(root.headers, "X-Failed-Recipients")) or _is_from_a_server(root)


def _is_from_a_server(root: Part) -> bool:
    """The sender is a mailer daemon, or the subject is a bounce's; and no person could be answered at its path."""
    sender = next(iter(addresses(root.headers, "From")), None)
    is_daemon = sender is not None and sender.address.startswith(_BOUNCERS)
    says_so = NAMES_A_BOUNCE.match(header(root.headers, "Subject")) is not None
    paths = raw(root.headers, "Return-Path")
    if any(path.strip() == "<>" for path in paths):
        return is_daemon or says_so
    return not paths and is_daemon and says_so  # the mailbox tells no return paths


def read_report(file: BinaryIO, root: Part) -> DeliveryReport:
    """What the report says; empty where it says nothing that can be read."""
    ids: list[str] = []
    reports: list[Report] = []
    for part in root.walk():
        if part.media_type in _REPORTS:
            reports += _fields(beginning(file, part, MOST)[0])
        elif part.media_type in {"message/rfc822", "text/rfc822-headers", "message/global-headers", "message/global"}:
            ids += _ids(beginning(file, part, MOST)[0])
    if not ids:
        ids = [match.decode("ascii", "ignore") for match in _ID_LINE.findall(_everything(file, root))]
    if not ids:
        ids = message_ids(root.headers, "In-Reply-To")
    told = told_in(header(root.headers, "Subject"), _prose(file, root))
    if not reports:
        reports = [
            Report(each.address, told.action, told.status, "", "")
            for each in addresses(root.headers, "X-Failed-Recipients")
        ]
    return DeliveryReport(tuple(dict.fromkeys(ids)), tuple(reports), told)


def _prose(file: BinaryIO, root: Part) -> str:
    """What the server says itself: the first text."""
    for part in root.leaves():
        if part.media_type in {"text/plain", "text/html"}:
            text = text_of(beginning(file, part, MOST)[0], parameter(part.headers, "charset"))
            return text_of_html(text) if part.media_type == "text/html" else text
    return ""


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
    """The texts as bytes, those in HTML as they read."""
    found = []
    for part in list(root.leaves())[:5]:
        data = beginning(file, part, MOST)[0]
        if part.media_type == "text/html":
            data = text_of_html(text_of(data, parameter(part.headers, "charset"))).encode("utf-8", "replace")
        found.append(data)
    return b"\n".join(found)
