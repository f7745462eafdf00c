"""Outlook's own envelope (winmail.dat): the files inside it, and its plain text."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mespace.mail_in.mime.charsets import text_of

SIGNATURE = 0x223E9F78
MEDIA_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MOST_FILES = 50
_TITLE, _DATA, _BODY, _RENDERED = 0x8010, 0x800F, 0x800C, 0x9002


@dataclass(frozen=True)
class TnefFile:
    """A file in the envelope: its name, and where its bytes lie."""

    name: str
    start: int
    size: int


@dataclass(frozen=True)
class Tnef:
    """What is in the envelope."""

    text: str
    files: list[TnefFile]


def read_tnef(file: BinaryIO) -> Tnef | None:
    """The envelope's files and text; None when it is none. A broken end is left out. Bytes are not read, only found."""
    head = file.read(6)
    if len(head) < 6 or struct.unpack("<I", head[:4])[0] != SIGNATURE:  # noqa: PLR2004 - signature and key
        return None
    text, files, name, data = "", [], "", (0, 0)
    for attribute, start, size in _attributes(file):
        if attribute == _RENDERED and data[1]:  # the next file begins
            files.append(TnefFile(name, *data))
            name, data = "", (0, 0)
        elif attribute == _TITLE:
            file.seek(start)
            name = text_of(file.read(min(size, 600)).rstrip(b"\x00"))
        elif attribute == _DATA:
            data = (start, size)
        elif attribute == _BODY:
            file.seek(start)
            text = text_of(file.read(min(size, 400_000)).rstrip(b"\x00"))
        if len(files) >= MOST_FILES:
            break
    if data[1]:
        files.append(TnefFile(name, *data))
    return Tnef(text, files)


def _attributes(file: BinaryIO) -> Iterator[tuple[int, int, int]]:
    file.seek(0, 2)
    end, at = file.tell(), 6
    while at + 11 <= end:  # level, attribute, length, and a checksum behind the data
        file.seek(at)
        _level, attribute, _kind, size = struct.unpack("<BHHI", file.read(9))
        start = at + 9
        if start + size > end:
            return
        yield attribute, start, size
        at = start + size + 2
