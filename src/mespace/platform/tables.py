"""Reading a table made in a spreadsheet: XLSX or CSV, as rows of texts. The file is hostile until it is read."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mespace.platform.xlsx import HasFormulas, HasMacros, NotReadable, TooMuch, first_sheet

MOST_BYTES = 2 * 2**20
MOST_ROWS = 1_000
MOST_COLUMNS = 30
LONGEST_CELL = 1_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


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
        rows = first_sheet(data, check=_check_size)
    except NotReadable:
        raise TableRefused(_("This is no XLSX file that can be read. Save it again as XLSX or CSV.")) from None
    except TooMuch:
        raise TableRefused(_("The file unpacks to too much: keep one sheet with the rows to import.")) from None
    except HasMacros:
        raise TableRefused(_("The file has macros. Save it as XLSX without macros.")) from None
    except HasFormulas:
        raise TableRefused(_("The file has formulas. Save it with values only, or as CSV.")) from None
    return [(number, _cells(row, number)) for number, row in rows.items()]


def _csv(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    if data.startswith(_UTF_16):
        raise TableRefused(_wrong_letters())
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
        raise TableRefused(_wrong_letters()) from None


def _wrong_letters() -> str:
    return _("The file's letters are neither UTF-8 nor Windows-1251. Save it as CSV UTF-8.")


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
