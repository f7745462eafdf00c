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


SHEET = "xl/worksheets/sheet1.xml"


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """A small workbook in whose part `old` is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(TABLE))) as old_book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for each in old_book.infolist():
            content = old_book.read(each)
            if each.filename == part:
                assert old in content
                content = content.replace(old, new)
            book.writestr(each.filename, content)
    return out.getvalue()


def with_rows(rows: bytes) -> bytes:
    return changed(SHEET, b"</sheetData>", rows + b"</sheetData>")


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "строк"),
        (b'<row r="3"><c r="XFD3"><v>1</v></c></row>', "столбц"),
        (b'<row r="3"><c r="&#88;FD1048576"><v>1</v></c></row>', "строк"),
        (b"<row/>" * MOST_ROWS + b"<row><c><v>1</v></c></row>", "строк"),
        (b'<row r="3">' + b"<c/>" * 30 + b"<c><v>1</v></c></row>", "столбц"),
        (b'<row r="3"><c r="A99999999"><v>1</v></c></row>', "XLSX"),
        (b'<row r="3"><c r="A3" t="s"><v>2000000000</v></c></row>', "XLSX"),
        (b'<row r="3"><c r="A3" t="s"><v>-1</v></c></row>', "XLSX"),
        (b'<row r="3"><c r="A3"><v>many</v></c></row>', "XLSX"),
        (b'<row r="-3"><c><v>1</v></c></row>', "XLSX"),
        (b'<row r="3"><c r="A3"><f>HYPERLINK(1)</f><v>1</v></c></row>', "формулы"),
        (b"<row>" * 3, "XLSX"),
        (b"<row/>" * 600_000, "разворачивается"),
    ],
)
def test_hostile_sheets_of_a_few_kilobytes_are_refused_before_they_are_laid_out(rows: bytes, word: str) -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(with_rows(rows))
    assert word in refusal.value.reason


def test_entities_are_refused_and_what_is_packed_badly_too() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    strings = "xl/sharedStrings.xml"
    for data in (
        changed(strings, b"<sst ", bomb + b"<sst "),
        changed("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"../../etc/passwd"),
        changed("xl/workbook.xml", b"<sheets>", b"<sheets><sheet/>"),
        xlsx(TABLE)[:-60],
        xlsx(TABLE)[:200] + b"\xff" * 40 + xlsx(TABLE)[240:],
        b"PK\x03\x04" + bytes(range(256)) * 8,
    ):
        with pytest.raises(TableRefused):
            read_table(data)


def test_what_other_programs_write_is_read() -> None:
    rows = read_table(
        with_rows(
            b'<row r="3"><c r="A3" t="inlineStr"><is><r><t>Ann</t></r><r><t>a</t></r></is></c>'
            b'<c r="C3"><v>1.5E2</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" t="e"><v>#N/A</v></c><c r="F3" s="1"/>'
            b"</row>"
            b"<row><c><v>7</v></c><c><v>0.5</v></c></row>"
        )
    )
    assert rows[2:] == [Row(3, ("Anna", "", "150", "1", "#N/A")), Row(4, ("7", "0.5"))]
    phonetic = changed("xl/sharedStrings.xml", "<t>ФИО</t>".encode(), "<t>ФИО</t><rPh><t>ффф</t></rPh>".encode())
    assert read_table(phonetic) == READ
    absolute = changed("xl/_rels/workbook.xml.rels", b'"worksheets/sheet1.xml"', b'"/xl/worksheets/sheet1.xml"')
    assert read_table(absolute) == READ


def test_letters_of_other_encodings_are_named() -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table("ФИО;Почта\nАнна;a@b.ru\n".encode("utf-16"))
    assert "UTF-8" in refusal.value.reason


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(TableRefused):
        read_table(out.getvalue())
