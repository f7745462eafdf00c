"""The first sheet of an XLSX file as texts, read by the standard library within bounds. The file is hostile.

Readers in native code lay a sheet out as one rectangle: a file of a few kilobytes with a single cell at XFD1048576
asks for half a terabyte, which ends the process. Here a cell outside the bounds is told before anything is laid out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from lzma import LZMAError
from posixpath import join, normpath
from typing import Final
from xml.parsers import expat

MOST_UNPACKED: Final = 40 * 2**20
MOST_PARTS: Final = 200
MOST_ELEMENTS: Final = 500_000  # of one part
_WORKBOOK: Final = "xl/workbook.xml"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ID: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    IndexError,
    ValueError,
    KeyError,
)  # fmt: skip - what the standard library says of a file that is a ZIP and no workbook


class NotReadable(Exception):  # noqa: N818 - it says what is the case
    """This is no workbook."""


class TooMuch(Exception):  # noqa: N818
    """It unpacks to more than a table of this size can need."""


class HasMacros(Exception):  # noqa: N818
    """It has macros."""


class HasFormulas(Exception):  # noqa: N818
    """A cell of the first sheet has a formula."""


CheckPlace = Callable[[int, int], None]  # of a cell with something in it: row and column, from 1


def first_sheet(data: bytes, *, check: CheckPlace) -> dict[int, list[str]]:
    """The rows of the first sheet that hold something, by number, each cell as text.

    `check` raises for a cell that lies too far out, before anything is laid out. Raises NotReadable, TooMuch,
    HasMacros, HasFormulas, and what `check` raises.
    """
    try:
        parts = _unpacked(data)
        sheet, strings = _targets(parts)
        return _rows(parts[sheet], _strings(parts[strings]) if strings in parts else [], check)
    except _BROKEN:
        raise NotReadable from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    """All parts by name, within bounds: an archive's directory may lie about sizes."""
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise TooMuch
        for part in parts:
            with archive.open(part) as opened:
                content = opened.read(left + 1)
            left -= len(content)
            if left < 0:
                raise TooMuch
            if "vbaproject" in part.filename.lower():
                raise HasMacros
            found[part.filename] = content
    return found


def _targets(parts: Mapping[str, bytes]) -> tuple[str, str]:
    """Where the first sheet and the shared strings lie."""
    sheets: list[str] = []
    links: dict[str, tuple[str, str]] = {}

    def sheet(name: str, given: Mapping[str, str]) -> None:
        if name == "sheet":
            sheets.append(given[_ID])

    def link(name: str, given: Mapping[str, str]) -> None:
        if name == "Relationship":
            links[given["Id"]] = (given["Type"], normpath(join("/xl", given["Target"])).lstrip("/"))

    _parse(parts[_WORKBOOK], start=sheet)
    _parse(parts["xl/_rels/workbook.xml.rels"], start=link)
    strings = next((target for kind, target in links.values() if kind.endswith("/sharedStrings")), "")
    return links[sheets[0]][1], strings


def _strings(part: bytes) -> list[str]:
    """The texts that cells name by number; how they are read aloud (rPh) is no part of them."""
    found: list[str] = []
    pieces: list[str] = []
    within: list[str] = []

    def start(name: str, _given: Mapping[str, str]) -> None:
        within.append(name)
        if name == "si":
            pieces.clear()

    def end(name: str) -> None:
        within.pop()
        if name == "si":
            found.append("".join(pieces))

    def text(piece: str) -> None:
        if within[-1] == "t" and "rPh" not in within:
            pieces.append(piece)

    _parse(part, start=start, end=end, text=text)
    return found


class _Cells:
    """Gathers the cells of a sheet while it is parsed."""

    def __init__(self, strings: list[str], check: CheckPlace) -> None:
        self.strings, self.check = strings, check
        self.rows: dict[int, dict[int, str]] = {}
        self.row = self.column = 0
        self.kind = ""
        self.pieces: list[str] = []
        self.reading = False

    def start(self, name: str, given: Mapping[str, str]) -> None:
        if name == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
            if self.row < 1:
                raise NotReadable
        elif name == "c":
            self._place(given.get("r", ""))
            self.kind = given.get("t", "n")
            self.pieces = []
        elif name == "f":
            raise HasFormulas
        elif name in {"v", "t"}:
            self.reading = True

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.reading = False
        elif name == "c" and self.pieces:
            self.check(self.row, self.column)
            self.rows.setdefault(self.row, {})[self.column] = self._value("".join(self.pieces))

    def text(self, piece: str) -> None:
        if self.reading:
            self.pieces.append(piece)

    def _place(self, reference: str) -> None:
        """Where the cell lies: as it says, or right of the one before it."""
        if not reference:
            self.column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise NotReadable
        self.column = 0
        for letter in match[1]:
            self.column = self.column * 26 + ord(letter) - ord("A") + 1
        self.row = int(match[2])

    def _value(self, said: str) -> str:
        if self.kind == "s":
            if not said.isdecimal():
                raise NotReadable
            return self.strings[int(said)]
        if self.kind != "n":
            return said
        number = float(said)
        return str(int(number)) if number.is_integer() else str(number)


def _rows(part: bytes, strings: list[str], check: CheckPlace) -> dict[int, list[str]]:
    cells = _Cells(strings, check)
    _parse(part, start=cells.start, end=cells.end, text=cells.text)
    return {
        number: [row.get(column, "") for column in range(1, max(row) + 1)] for number, row in sorted(cells.rows.items())
    }


def _parse(
    part: bytes,
    *,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part of the file; elements are told by their names without namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")
    elements = 0

    def begins(name: str, given: dict[str, str]) -> None:
        nonlocal elements
        elements += 1
        if elements > MOST_ELEMENTS:
            raise TooMuch
        start(name.rpartition(" ")[2], given)

    def doctype(*_said: object) -> None:
        raise NotReadable

    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = doctype
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(part, True)
