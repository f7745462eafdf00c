"""The parts of a mail of any size, found in one pass over its file: where each begins and ends, never what it holds.

Made for hostile and broken mails: nothing here raises for what a mail contains, and memory does not grow with it.
"""

import base64
import binascii
import quopri
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from typing import BinaryIO

LONGEST_LINE = 64 * 1024  # bytes of a line that are looked at together
LONGEST_PARAMETERS = 4000  # characters of a header with parameters: the library takes forever to take longer ones apart
WITH_PARAMETERS = ("content-type", "content-disposition", "content-transfer-encoding")
LONGEST_HEADERS = 256 * 1024  # bytes of one block of headers that are read; the rest is passed over
MOST_PARTS = 500
DEEPEST = 20
CHUNK = 256 * 1024


@dataclass
class Part:
    """One part: its headers, and where its body lies in the file."""

    headers: Message
    depth: int
    start: int
    end: int = 0
    children: list["Part"] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        """`text/plain` and the like, in lower case; of a multipart in which no part was found, `text/plain`."""
        given = self.headers.get_content_type()
        return "text/plain" if given.startswith("multipart/") and not self.children else given

    def leaves(self) -> Iterator["Part"]:
        """The parts without parts, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator["Part"]:
        """This part and all beneath it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Open:
    """A multipart that is being read, with the bytes that separate its parts."""

    part: Part
    boundary: bytes
    child: Part | None = None


def read_parts(file: BinaryIO) -> Part:
    """The mail's parts. What is deeper than DEEPEST or beyond MOST_PARTS stays inside the part that holds it."""
    file.seek(0)
    root = Part(_headers(file), 0, file.tell())
    stack = _opened(root)
    count, before, at_line_start = 1, file.tell(), True
    newline = 0  # length of the line end before the present line: it belongs to the boundary, not to the body
    while line := file.readline(LONGEST_LINE):
        if at_line_start and line.startswith(b"--") and (found := _which(stack, line)) is not None:
            level, is_last = found
            for opened in stack[level + 1 :]:
                _close(opened, before - newline)
            del stack[level + 1 :]
            _close(stack[level], before - newline)
            if is_last:
                del stack[level:]
            elif count < MOST_PARTS:
                count += 1
                owner = stack[level]
                child = Part(_headers(file), owner.part.depth + 1, file.tell())
                owner.part.children.append(child)
                owner.child = child
                stack += _opened(child)
            before, at_line_start, newline = file.tell(), True, 0
            continue
        at_line_start = line.endswith(b"\n")
        newline = 2 if line.endswith(b"\r\n") else 1 if at_line_start else 0
        before = file.tell()
    for opened in stack:
        _close(opened, before)
    root.end = before
    return root


def body(file: BinaryIO, part: Part) -> Iterator[bytes]:
    """The decoded body of a part, in chunks. What is not what its encoding says is passed over or taken as it is."""
    coding = str(part.headers.get("content-transfer-encoding", "")).strip().lower()
    raw = _raw(file, part)
    if coding == "base64":
        yield from _base64(raw)
    elif coding == "quoted-printable":
        yield from _quoted(raw)
    elif coding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        yield from _uuencoded(raw)
    else:
        yield from raw


def beginning(file: BinaryIO, part: Part, most: int) -> tuple[bytes, bool]:
    """At most `most` decoded bytes of a part, and whether that is all of it."""
    taken = bytearray()
    for chunk in body(file, part):
        taken += chunk
        if len(taken) > most:
            return bytes(taken[:most]), False
    return bytes(taken), True


def read_headers(file: BinaryIO) -> Message:
    """The mail's own headers."""
    file.seek(0)
    return _headers(file)


def header_length(file: BinaryIO) -> int:
    """How many bytes the mail's own headers take, the empty line after them included."""
    file.seek(0)
    _headers(file)
    return file.tell()


def _headers(file: BinaryIO) -> Message:
    """The headers that begin here; the file stands behind the empty line after them."""
    block, size = bytearray(), 0
    at_line_start = True
    while True:
        start = file.tell()
        line = file.readline(LONGEST_LINE)
        if not line:
            break
        if at_line_start:
            if line in {b"\n", b"\r\n"}:
                break
            if (
                line.startswith(b"--") and b":" not in line
            ):  # a part without the empty line that must follow its headers
                file.seek(start)
                break
        at_line_start = line.endswith(b"\n")
        size += len(line)
        if size <= LONGEST_HEADERS:
            block += line
    cleaned = bytes(block).replace(b"\x00", b"")
    headers = BytesHeaderParser(policy=compat32).parsebytes(cleaned)
    for name in WITH_PARAMETERS:
        value = headers.get(name)
        if value is not None and len(str(value)) > LONGEST_PARAMETERS:
            headers.replace_header(name, str(value)[:LONGEST_PARAMETERS])
    return headers


def _opened(part: Part) -> list[_Open]:
    if part.headers.get_content_maintype() != "multipart" or part.depth >= DEEPEST:
        return []
    try:
        boundary = part.headers.get_boundary()
    except (ValueError, TypeError, UnicodeError):  # a parameter coded in a way that the library does not bear
        boundary = None
    if not boundary:
        return []
    return [_Open(part, b"--" + boundary.strip().encode("utf-8", "surrogateescape"))]


def _which(stack: list[_Open], line: bytes) -> tuple[int, bool] | None:
    """Which open multipart the line separates (the innermost first), and whether it is its end."""
    text = line.rstrip()
    for level in range(len(stack) - 1, -1, -1):
        if text == stack[level].boundary:
            return level, False
        if text == stack[level].boundary + b"--":
            return level, True
    return None


def _close(opened: _Open, at: int) -> None:
    if opened.child is not None:
        opened.child.end = max(opened.child.start, at)
        opened.child = None
    opened.part.end = max(opened.part.end, at)


def _raw(file: BinaryIO, part: Part) -> Iterator[bytes]:
    at = part.start
    while at < part.end:
        file.seek(at)
        chunk = file.read(min(CHUNK, part.end - at))
        if not chunk:
            return
        at += len(chunk)
        yield chunk


_NO_LETTERS = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


def _base64(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in raw:
        letters = rest + chunk.translate(None, delete=_NO_LETTERS)
        whole = len(letters) - len(letters) % 4
        rest = letters[whole:]
        if whole:
            yield base64.b64decode(letters[:whole])
    if len(rest) > 1:  # one letter alone holds no byte
        yield base64.b64decode(rest + b"=" * (4 - len(rest)))


def _quoted(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in raw:
        lines = rest + chunk
        cut = lines.rfind(b"\n") + 1
        if not cut and len(lines) < LONGEST_LINE:
            rest = lines
            continue
        cut = cut or len(lines)
        rest = lines[cut:]
        yield quopri.decodestring(lines[:cut])
    if rest:
        yield quopri.decodestring(rest)


def _uuencoded(raw: Iterator[bytes]) -> Iterator[bytes]:
    rest, inside = b"", False
    for chunk in raw:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.startswith(b"begin "):
                inside = True
            elif line.strip() == b"end":
                inside = False
            elif inside:
                try:
                    yield binascii.a2b_uu(line)
                except binascii.Error:
                    continue
