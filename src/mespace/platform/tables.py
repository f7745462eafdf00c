"""Reading a table made in a spreadsheet: XLSX or CSV, as rows of texts. The file is hostile until it is read."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MOST_BYTES = 2 * 2**20
MOST_UNPACKED = 40 * 2**20
MOST_PARTS = 200
MOST_ROWS = 1_000
MOST_COLUMNS = 30
LONGEST_CELL = 1_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ODD = (IndexError, ValueError, KeyError)  # of a file that is a ZIP and no workbook
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")


class TableRefused(Exception):  # noqa: N818 - it says what happened
    """The file is no table that is taken; `reason` is for the person who sent it."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number in the file, from 1, and its cells as texts without spaces around."""

    number: int
    cells: tuple[str, ...]


def read_table(data: bytes) -> list[Row]:
    """The rows of the first sheet of an XLSX file, or of a CSV file (UTF-8 or Windows-1251; `;`, `,` or tab).

    Raises TableRefused: too large, formulas, macros, not a table.
    """
    if len(data) > MOST_BYTES:
        raise TableRefused(_("The file is larger than %(n)d MB.") % {"n": MOST_BYTES // 2**20})
    if not data.strip():
        raise TableRefused(_("The file is empty."))
    raw = _xlsx(data) if data.startswith(b"PK") else _csv(data)
    rows = [Row(number, cells) for number, cells in raw if any(cells)]
    if not rows:
        raise TableRefused(_("The file has no rows."))
    return rows


def _xlsx(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    try:
        packed = _packed_anew(data)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(packed)).get_sheet_by_index(0)
        _check_size(sheet.total_height, sheet.total_width)
        rows = sheet.to_python(skip_empty_area=False)
        _check_size(len(rows), max(map(len, rows), default=0))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, CalamineError, *_ODD):
        raise TableRefused(_("This is no XLSX file that can be read. Save it again as XLSX or CSV.")) from None
    return [(number, _cells([_text(cell) for cell in row], number)) for number, row in enumerate(rows, start=1)]


def _packed_anew(data: bytes) -> bytes:
    """The archive with what we have read of it ourselves, within bounds: its directory may lie about sizes.

    Bombs, macros and formulas are refused on the way.
    """
    packed, total = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(packed, "w") as anew:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise TableRefused(_too_much())
        for part in parts:
            with archive.open(part) as opened:
                content = opened.read(MOST_UNPACKED - total + 1)
            total += len(content)
            if total > MOST_UNPACKED:
                raise TableRefused(_too_much())
            if "vbaproject" in part.filename.lower():
                raise TableRefused(_("The file has macros. Save it as XLSX without macros."))
            if _SHEET.match(part.filename) and _FORMULA.search(content):
                raise TableRefused(_("The file has formulas. Save it with values only, or as CSV."))
            anew.writestr(part.filename, content)
    return packed.getvalue()


def _too_much() -> str:
    return _("The file unpacks to too much: keep one sheet with the rows to import.")


def _csv(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    if b"\x00" in data:
        raise TableRefused(_("This is no table. Send an XLSX or a CSV file."))
    text = _decoded(data)
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = []
    try:
        lines = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, strict=True)
        for number, row in enumerate(lines, start=1):
            _check_size(number, len(row))
            cells = _cells(row, number)
            if any(cell.startswith(("=", "@")) for cell in cells):
                raise TableRefused(_("Row %(n)d has a formula. Write values only.") % {"n": number})
            rows.append((number, cells))
    except csv.Error:
        raise TableRefused(
            _("The CSV file is broken near row %(n)d: look for a quote that is not closed.") % {"n": len(rows) + 1}
        ) from None
    return rows


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1251")
    except UnicodeDecodeError:
        raise TableRefused(_("The file's letters are neither UTF-8 nor Windows-1251. Save it as CSV UTF-8.")) from None


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TableRefused(_("The file has more than %(n)d rows. Import it in parts.") % {"n": MOST_ROWS})
    if columns > MOST_COLUMNS:
        raise TableRefused(_("The file has more than %(n)d columns. Take the template.") % {"n": MOST_COLUMNS})


def _cells(row: list[str], number: int) -> tuple[str, ...]:
    cells = tuple(" ".join(cell.replace("\x00", "").split()) for cell in row)
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise TableRefused(_("Row %(n)d has a cell that is far too long.") % {"n": number})
    return cells


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
