"""A mail as a person would read it: who wrote, what about, the text, and the files with it."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from functools import partial
from typing import BinaryIO

from mespace.mail_in.mime.charsets import text_of
from mespace.mail_in.mime.headers import Address, addresses, file_name, header, parameter
from mespace.mail_in.mime.html_text import text_of_html
from mespace.mail_in.mime.parts import Part, beginning, body, read_parts
from mespace.mail_in.mime.tnef import MEDIA_TYPES, read_tnef

LONGEST_TEXT = 1_000_000  # bytes of one text part
MOST_FILES = 60
LARGEST_TNEF = 100 * 1024 * 1024  # an envelope must be read whole to be opened
SIGNATURES = frozenset(
    {
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-signature",
        "application/pgp-keys",
    }
)
ENVELOPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_EXTENSIONS = {"message/rfc822": "eml", "text/calendar": "ics", "text/html": "html", "application/pdf": "pdf"}
_UNNAMED_IMAGE = re.compile(r"image/([a-z0-9]{2,5})")


@dataclass(frozen=True)
class MailFile:
    """A file in a mail, read when it is asked for."""

    name: str
    chunks: Callable[[], Iterator[bytes]]


@dataclass
class Letter:
    """What a mail says."""

    headers: Message
    root: Part
    senders: list[Address]
    subject: str
    text: str
    files: list[MailFile] = field(default_factory=list)
    has_tnef: bool = False
    is_signed_envelope: bool = False

    @property
    def sender(self) -> Address | None:
        """Who wrote; None unless exactly one address stands there."""
        return self.senders[0] if len({each.address for each in self.senders}) == 1 else None


def read_letter(file: BinaryIO) -> Letter:
    """The mail in `file`; never fails for what it holds."""
    root = read_parts(file)
    letter = Letter(root.headers, root, addresses(root.headers, "From"), header(root.headers, "Subject"), "")
    texts: list[str] = []
    _collect(file, root, letter, texts)
    letter.text = "\n\n".join(text for text in texts if text.strip()).strip()
    return letter


def _collect(file: BinaryIO, part: Part, letter: Letter, texts: list[str]) -> None:
    kind = part.media_type
    if part.children and kind == "multipart/alternative":
        _choose(file, part, letter, texts)
    elif part.children:
        for child in part.children:
            _collect(file, child, letter, texts)
    elif kind in SIGNATURES:
        return
    elif kind in MEDIA_TYPES or file_name(part.headers).lower() == "winmail.dat":
        _open_tnef(file, part, letter, texts)
    elif kind in {"text/plain", "text/html"} and not _is_file(part):
        texts.append(_text(file, part))
    else:
        letter.is_signed_envelope |= kind in ENVELOPES
        _add_file(file, part, letter)


def _choose(file: BinaryIO, part: Part, letter: Letter, texts: list[str]) -> None:
    """Of several forms of the same, the plain one if it says anything, else the HTML; an invitation comes along."""
    plain = [each for each in part.leaves() if each.media_type == "text/plain" and not _is_file(each)]
    html = [each for each in part.leaves() if each.media_type == "text/html" and not _is_file(each)]
    said = "\n\n".join(_text(file, each) for each in plain).strip()
    if not said:
        said = "\n\n".join(_text(file, each) for each in html).strip()
    texts.append(said)
    for each in part.leaves():
        if each not in plain and each not in html and each.media_type not in SIGNATURES:
            _collect(file, each, letter, texts)


def _text(file: BinaryIO, part: Part) -> str:
    data, _whole = beginning(file, part, LONGEST_TEXT)
    text = text_of(data, parameter(part.headers, "charset"))
    if part.media_type == "text/html":
        return text_of_html(text)
    if parameter(part.headers, "format") == "flowed":
        text = _unflowed(text)
    return text


def _unflowed(text: str) -> str:
    """RFC 3676: a line that ends with a space goes on in the next one, at the same depth of quoting."""
    out: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        flows = bool(out) and out[-1].endswith(" ") and out[-1] != "-- "
        if flows and depth == len(out[-1]) - len(out[-1].lstrip(">")) and line[depth:].strip():
            out[-1] += line[depth:].removeprefix(" ")
        else:
            out.append(line)
    return "\n".join(out)


def _is_file(part: Part) -> bool:
    disposition = str(part.headers.get("content-disposition", "")).strip().lower()
    return disposition.startswith("attachment") or (bool(file_name(part.headers)) and part.depth > 0)


def _add_file(file: BinaryIO, part: Part, letter: Letter) -> None:
    if len(letter.files) >= MOST_FILES or part.end <= part.start:
        return
    name = file_name(part.headers) or _made_up_name(part, len(letter.files) + 1)
    letter.files.append(MailFile(name, lambda: body(file, part)))


def _made_up_name(part: Part, number: int) -> str:
    image = _UNNAMED_IMAGE.fullmatch(part.media_type)
    extension = image[1].replace("jpeg", "jpg") if image else _EXTENSIONS.get(part.media_type, "dat")
    return f"{number}.{extension}"


def _open_tnef(file: BinaryIO, part: Part, letter: Letter, texts: list[str]) -> None:
    data, is_whole = beginning(file, part, LARGEST_TNEF)
    opened = read_tnef(io.BytesIO(data)) if is_whole else None
    letter.has_tnef = True
    if opened is None or not (opened.files or opened.text):
        _add_file(file, part, letter)
        return
    if opened.text and not any(text.strip() for text in texts):
        texts.append(opened.text)
    for number, each in enumerate(opened.files, 1):
        chunks = partial(_slice, data, each.start, each.size)
        letter.files.append(MailFile(each.name or f"{number}.dat", chunks))


def _slice(data: bytes, start: int, size: int) -> Iterator[bytes]:
    yield data[start : start + size]
