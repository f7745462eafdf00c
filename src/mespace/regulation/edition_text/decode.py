"""A file's bytes as the text of an edition."""

import codecs
from typing import Final

from mespace.regulation.edition_text.problems import NO_TEXT, NOT_UTF8, TOO_LARGE, Problem, UnreadableText

MOST_BYTES: Final = 512 * 1024
# How files begin that are opened by a program and read by nobody: DOCX and other archives, old DOC, PDF, RTF.
_NO_TEXT: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; raises UnreadableText."""
    if len(data) > MOST_BYTES:
        raise UnreadableText(Problem(0, TOO_LARGE))
    if data.startswith(_NO_TEXT):
        raise UnreadableText(Problem(0, NO_TEXT))
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 0 if utf16 else data.count(b"\n", 0, error.start) + 1
        raise UnreadableText(Problem(line, NOT_UTF8)) from None
