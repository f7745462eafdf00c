"""Tables from spreadsheets: what is read, and what is refused before it can do harm."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from mespace.platform.tables import MOST_BYTES, MOST_ROWS, Row, TableRefused, read_table

TABLE = [["ФИО", "Почта"], ["Анна; «Лебедева»", "anna@zavod.example"]]
READ = [Row(1, ("ФИО", "Почта")), Row(2, ("Анна; «Лебедева»", "anna@zavod.example"))]


def xlsx(rows: list[list[object]], *, formula: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if formula:
            sheet.write_formula(5, 0, "=HYPERLINK(1)")
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_in_each_encoding_and_with_each_delimiter(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in TABLE)
    assert read_table(text.encode(encoding)) == READ


def test_xlsx_gives_texts_without_spaces_and_whole_numbers() -> None:
    rows = read_table(xlsx([[" ФИО ", "Телефон"], [], ["Анна", 83510000000.0], [1.5, date(2026, 1, 2).isoformat()]]))
    assert rows == [Row(1, ("ФИО", "Телефон")), Row(3, ("Анна", "83510000000")), Row(4, ("1.5", "2026-01-02"))]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "пуст"),
        (b" \n ;;\n", "строк"),
        (b"x" * (MOST_BYTES + 1), "больше"),
        (b"a;b\n=1+1;2\n", "формула"),
        (b"a;b\n@SUM(1);2\n", "формула"),
        (b"a\x00b", "не таблица"),
        (b'a;b\n"1;2\n', "кавычк"),
        (b"a\n" * (MOST_ROWS + 1), "строк"),
        (b"a\n" * 100_000, "строк"),
        (b";".join([b"a"] * 31), "столбц"),
        (b"a\n" + b"x" * 1_001, "слишком длинная"),
        (b"\x98\x98", "Windows-1251"),
        (b"PK\x03\x04 no archive", "XLSX"),
        (xlsx([["a"]], formula=True), "формулы"),
        (xlsx([["a"]] * (MOST_ROWS + 1)), "строк"),
        (repacked(xlsx([["a"]]), xl__vbaProject_bin=b"macro"), "макрос"),
        (repacked(xlsx([["a"]]), xl__media__bomb_xml=b"\x00" * (41 * 2**20)), "разворачивается"),
        (repacked(xlsx([["a"]]), **{f"part{n}_xml": b"" for n in range(201)}), "разворачивается"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_files_are_refused_with_a_reason(data: bytes, word: str) -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(data)
    assert word in refusal.value.reason


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(TableRefused):
        read_table(out.getvalue())
