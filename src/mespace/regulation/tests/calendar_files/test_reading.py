"""Calendars' files as Russian sources publish them, and files that are wrong or mean harm."""

from datetime import date

import pytest

from mespace.regulation.calendar_files.problems import MOST_BYTES, UnreadableFile
from mespace.regulation.calendar_files.read import read_calendar_file
from mespace.regulation.core.calendar_changes import differing_days
from mespace.regulation.core.calendar_content import parse_content
from mespace.regulation.data.shipped import calendar_content

XML = """<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2024" lang="ru" date="2023.08.10">
 <holidays><holiday id="1" title="Новогодние каникулы"/></holidays>
 <days>
  <day d="01.01" t="1" h="1"/><day d="01.02" t="1" h="1"/><day d="01.03" t="1" h="1"/><day d="01.04" t="1" h="1"/>
  <day d="01.05" t="1" h="1"/><day d="01.08" t="1" h="1"/>
  <day d="02.22" t="2"/><day d="02.23" t="1" h="3"/>
  <day d="03.07" t="2"/><day d="03.08" t="1" h="4"/>
  <day d="04.27" t="3"/><day d="04.29" t="1" f="04.27"/><day d="04.30" t="1" f="11.02"/>
  <day d="05.01" t="1" h="5"/><day d="05.08" t="2"/><day d="05.09" t="1" h="6"/><day d="05.10" t="1" f="01.06"/>
  <day d="06.11" t="2"/><day d="06.12" t="1" h="7"/>
  <day d="11.02" t="2"/><day d="11.04" t="1" h="8"/>
  <day d="12.28" t="3"/><day d="12.30" t="1" f="12.28"/><day d="12.31" t="1" f="01.07"/>
 </days>
</calendar>""".encode()

MONTHS = "Январь,Февраль,Март,Апрель,Май,Июнь,Июль,Август,Сентябрь,Октябрь,Ноябрь,Декабрь"
CSV = (
    f"Год/Месяц,{MONTHS},Всего рабочих дней\r\n"
    '2024,"1,2,3,4,5,6,7,8,13,14,20,21,27,28","3,4,10,11,17,18,22*,23,24,25","2,3,7*,8,9,10,16,17,23,24,30,31",'
    '"6,7,13,14,20,21,28,29+,30+","1,4,5,8*,9,10+,11,12,18,19,25,26","1,2,8,9,11*,12,15,16,22,23,29,30",'
    '"6,7,13,14,20,21,27,28","3,4,10,11,17,18,24,25,31","1,7,8,14,15,21,22,28,29","5,6,12,13,19,20,26,27",'
    '"2*,3,4,9,10,16,17,23,24,30","1,7,8,14,15,21,22,29,30+,31+",248\r\n'
).encode("utf-8-sig")
SHIPPED = parse_content(calendar_content("ru-1"))


@pytest.mark.parametrize("data", [XML, CSV], ids=["xml", "csv"])
def test_a_published_year_is_the_shipped_one(data: bytes) -> None:
    year = read_calendar_file(data)[2024]
    assert date(2024, 12, 28) not in year.off  # the worked Saturday
    assert date(2024, 11, 2) not in year.off  # worked and shortened
    assert differing_days(SHIPPED.years[2024], year.off) == []


def test_the_transfers_are_read_with_their_origin() -> None:
    assert read_calendar_file(XML)[2024].moved_from[date(2024, 12, 31)] == date(2024, 1, 7)


def test_semicolons_will_do() -> None:
    data = (f"Год/Месяц;{MONTHS.replace(',', ';')}\n2025;" + ";".join(["1,2*"] * 12)).encode()
    assert read_calendar_file(data)[2025].off == {date(2025, month, 1) for month in range(1, 13)}


def test_a_table_saved_again_by_an_office_program_will_do() -> None:
    assert read_calendar_file(CSV.decode("utf-8-sig").encode("cp1251")) == read_calendar_file(CSV)


def complaints(data: bytes) -> list[tuple[int, str]]:
    with pytest.raises(UnreadableFile) as refusal:
        read_calendar_file(data)
    return [(problem.line, problem.code) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('<calendar year="2025">\n<days>\n<day d="13.01" t="1"/>\n<day d="01.01" t="9"/></days></calendar>',
         [(3, "no_date"), (4, "no_kind")]),
        ('<calendar year="2025"><days><day d="01.01" t="1"/>\n<day d="01.01" t="1"/></days></calendar>',
         [(2, "twice")]),
        ('<calendar year="25"/>', [(1, "no_year"), (0, "no_year")]),
        ('<html year="2025"/>', [(1, "not_known"), (0, "no_year")]),
        ('<calendar year="2025">\n<days></calendar>', [(2, "broken_xml")]),
        ('<calendar year="2025"><days><day d="05.02" t="1" f="31.31"/></days></calendar>', [(1, "no_date")]),
    ],
)  # fmt: skip
def test_what_is_wrong_in_xml_is_named_by_line(body: str, wanted: object) -> None:
    assert complaints(body.encode()) == wanted


BOMB = """<?xml version="1.0"?>
<!DOCTYPE calendar [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<calendar year="2025"><holidays>&b;</holidays></calendar>"""
OUTSIDE = '<!DOCTYPE calendar [<!ENTITY x SYSTEM "file:///etc/passwd">]><calendar year="2025">&x;</calendar>'
EXTERNAL = '<!DOCTYPE calendar SYSTEM "http://example.org/x.dtd"><calendar year="2025"/>'


@pytest.mark.parametrize("body", [BOMB, OUTSIDE, EXTERNAL])
def test_document_types_and_entities_are_refused(body: str) -> None:
    assert [code for _line, code in complaints(body.encode())] == ["hostile_xml"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<calendar" + b" " * MOST_BYTES, "too_large"),
        (b"\xff\x98\x00", "no_letters"),
        (b"\xff\xfe\x00", "no_months"),
        (b"", "no_year"),
        (b"a,b,c\n1,2,3", "no_months"),
        (f"Год/Месяц,{MONTHS}\n".encode(), "no_year"),
        (f"Год/Месяц,{MONTHS}\n2025,1,2\n".encode(), "short_row"),
        (f"Год/Месяц,{MONTHS}\n25{',1' * 12}\n".encode(), "no_year"),
        (b'<?xml version="1.0" encoding="no-such"?><calendar year="2025"/>', "broken_xml"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    assert complaints(data)[0][1] == code


def test_wrong_days_of_a_table_are_named_with_their_month() -> None:
    row = "2025," + ",".join(['"1,31"', '"30,x"', *["1"] * 10])
    with pytest.raises(UnreadableFile) as refusal:
        read_calendar_file(f"Год/Месяц,{MONTHS}\n{row}\n2025{',1' * 12}".encode())
    assert [(each.line, each.code, each.text) for each in refusal.value.problems] == [
        (2, "no_date", "февраль: 30"),
        (2, "no_date", "февраль: x"),
        (3, "twice", "2025"),
    ]
