"""What a mail's headers say, decoded; nothing here raises, whatever they hold."""

import base64
import binascii
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from mespace.mail_in.mime.charsets import text_of

LONGEST = 10_000  # characters of one header that are looked at
MOST_ADDRESSES = 200
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_LIKE_AN_ADDRESS = re.compile(r"[^\s<>,;\"()]{1,200}@[^\s<>,;\"()]{1,250}")
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(=\?)")
_IDS = re.compile(r"<[^<>\s]{1,400}>")
# Control characters, line breaks, and what turns the direction of writing: a name must not read as another one.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
DEEPEST_COMMENTS = 50  # the library reads nested ones by calling itself


@dataclass(frozen=True)
class Address:
    """A mailbox: the address in lower case, and the name beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


def header(headers: Message, name: str) -> str:
    """A header decoded, on one line; empty when absent. Of several, the first."""
    values = raw(headers, name)
    return decoded(values[0]) if values else ""


def raw(headers: Message, name: str) -> list[str]:
    """All values of a header as they stand there, unfolded."""
    found = []
    for value in headers.get_all(name, []):
        text = str(value) if isinstance(value, str) else _plain(value)
        found.append(_bytes_read(text)[:LONGEST])
    return found


def raw_by_name(headers: Message) -> dict[str, list[str]]:
    """The same for all headers, by their names in lower case: one pass, however many there are."""
    found: dict[str, list[str]] = {}
    for name, value in headers.items():
        text = str(value) if isinstance(value, str) else _plain(value)
        found.setdefault(name.lower(), []).append(_bytes_read(text)[:LONGEST])
    return found


def decoded(text: str) -> str:
    """RFC 2047 words decoded, on one line. Words of one charset are joined as bytes: mailers cut inside letters."""
    text = _BETWEEN.sub(r"\1\2", text)
    out: list[str] = []
    at, pending, pending_charset = 0, b"", ""
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        charset = match[1].partition("*")[0].lower()
        if pending and (between or charset != pending_charset):
            out.append(text_of(pending, pending_charset))
            pending = b""
        out.append(between)
        pending += _word_bytes(match[2], match[3])
        pending_charset, at = charset, match.end()
    if pending:
        out.append(text_of(pending, pending_charset))
    out.append(text[at:])
    return one_line("".join(out))


def one_line(text: str) -> str:
    """The text without control characters and line breaks."""
    return " ".join(_CONTROL.sub(" ", text).split())


def addresses(headers: Message, *names: str) -> list[Address]:
    """The mailboxes in these headers, in order."""
    values = [value for name in names for value in raw(headers, name)]
    found = []
    pairs = _pairs(values)
    for name, address in pairs:
        cleaned = normalised(address)
        if cleaned:
            found.append(Address(cleaned, decoded(name)[:200]))
        if len(found) >= MOST_ADDRESSES:
            break
    return found


def _pairs(values: list[str]) -> list[tuple[str, str]]:
    """Name and address of each mailbox; where the library cannot follow, whatever looks like an address."""
    if not any(value.count("(") > DEEPEST_COMMENTS for value in values):
        with suppress(ValueError, IndexError, RecursionError):
            return getaddresses([value.replace("\r", " ").replace("\n", " ") for value in values])
    return [("", match) for value in values for match in _LIKE_AN_ADDRESS.findall(value)]


def normalised(address: str) -> str:
    """An address by which mailboxes are compared: trimmed, lower case, its domain in ASCII; empty for anything else."""
    address = one_line(address).strip("<> ").lower()
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or " " in address or len(address) > 254:  # noqa: PLR2004 - RFC 5321
        return ""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    return f"{local}@{domain.rstrip('.')}"


def message_ids(headers: Message, *names: str) -> list[str]:
    """The identifiers in these headers, with their angle brackets."""
    return [match for name in names for value in raw(headers, name) for match in _IDS.findall(value)]


def sent_at(headers: Message) -> datetime | None:
    """The instant in the Date header; None when it cannot be read."""
    values = raw(headers, "Date")
    try:
        at = parsedate_to_datetime(values[0])
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (IndexError, ValueError, TypeError, OverflowError):
        return None


def parameter(headers: Message, name: str, of: str = "content-type") -> str:
    """A parameter of a header (charset, report-type…), in lower case; empty when absent or unreadable."""
    try:
        value = headers.get_param(name, "", of)
    except (ValueError, TypeError, UnicodeError, LookupError):
        return ""
    if isinstance(value, tuple):
        value = value[2]
    return one_line(str(value)).lower()


def file_name(headers: Message) -> str:
    """The name that a part gives itself, decoded; empty when it has none."""
    try:
        name = headers.get_filename() or ""
    except (ValueError, TypeError, UnicodeError, LookupError):
        name = ""
    return decoded(_bytes_read(str(name)))[:300]


def _word_bytes(coding: str, text: str) -> bytes:
    data = text.encode("ascii", "ignore")
    if coding in "bB":
        try:
            return base64.b64decode(data + b"=" * (-len(data) % 4))
        except (binascii.Error, ValueError):
            return b""
    return binascii.a2b_qp(data, header=True)


def _bytes_read(text: str) -> str:
    """Raw 8-bit bytes in a header (against the standard, and common in Russia), read as what they look like."""
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        return text_of(text.encode("utf-8", "surrogateescape"))
    return text


def _plain(value: object) -> str:
    """compat32 wraps a header with raw bytes into an object of its own."""
    chunks = getattr(value, "_chunks", None)
    if chunks:
        return "".join(str(chunk) for chunk, _charset in chunks)
    return str(value)
