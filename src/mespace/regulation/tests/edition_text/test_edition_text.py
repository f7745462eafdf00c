"""A text of the regulation: files to text, text to clauses, hostile texts, and what differs between two."""

import pytest

from mespace.platform.text_diff import as_one
from mespace.regulation.edition_text.decode import MOST_BYTES, decode
from mespace.regulation.edition_text.diff import ADDED, CHANGED, REMOVED, SAME, text_diff
from mespace.regulation.edition_text.parse import (
    LONGEST_CLAUSE,
    LONGEST_TEXT,
    MOST_CLAUSES,
    MOST_PROBLEMS,
    normalized,
    order_of,
    parsed,
)
from mespace.regulation.edition_text.problems import (
    EMPTY,
    LONG_HEADING,
    NO_CLAUSES,
    NO_NUMBER,
    NO_TEXT,
    NOT_UTF8,
    ORDER,
    STRANGE,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    TWICE,
    UnreadableText,
)

MARKDOWN = """# Образец

Вводные слова.

## 1. Слова

### 1.1 Первое

Своими словами:

1. раз
2. два

## 5 Работа
5.5. Ждём ответа.
   1.1.1 это внутри пункта
"""
EXPORTED = (
    "Образец\r\n1. Слова\r\n1.1.\tПервое слово\r\n\r\n4. Трекер\r\n4.1\u00a0Заявки\r\n4.6. Виден ход\r\n"
    "4.7. Ошибки\r\n4.6. Выпуски\r\nПриложение № 1. Форма\r\nПоля формы.\r\n"
)


def numbers(text: str) -> list[str]:
    return [clause.number for clause in parsed(normalized(text)).clauses]


def codes(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in parsed(normalized(text)).problems]


def test_markdown_is_read_into_clauses_with_lists_inside_them() -> None:
    text = parsed(normalized(MARKDOWN))
    assert text.problems == ()
    assert [(each.number, each.heading) for each in text.clauses] == [
        ("1", "Слова"),
        ("1.1", "Первое"),
        ("5", "Работа"),
        ("5.5", ""),
    ]
    assert text.preamble == "# Образец\n\nВводные слова."
    assert text.clauses[1].body == "Своими словами:\n\n1. раз\n2. два"
    assert text.clauses[3].body == "Ждём ответа.\n   1.1.1 это внутри пункта"
    assert text.clauses[3].line == 15


def test_a_word_processor_s_text_is_read_alike() -> None:
    text = parsed(normalized(EXPORTED))
    assert text.problems == ()
    assert [each.number for each in text.clauses] == ["1", "1.1", "4", "4.1", "4.6", "4.7", "4.6b", "A1"]
    assert (text.clauses[-1].heading, text.clauses[-1].body) == ("Форма", "Поля формы.")
    assert text.clauses[3].body == "Заявки"


def test_a_number_that_the_second_clause_has_of_its_own_is_taken_as_it_is() -> None:
    assert numbers("4.6 Раз\n4.6б Два\n4.7 Три") == ["4.6", "4.6b", "4.7"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", [(0, NO_CLAUSES)]),
        ("одни слова", [(0, NO_CLAUSES)]),
        ("5.5 Раз\n\n5.5 Два", [(3, TWICE)]),
        ("4.6 а\n4.6 б\n4.6 в", [(3, TWICE)]),
        ("5.5 Раз\n5.4 Два", [(2, ORDER)]),
        ("5.5 Раз\n5.6\n5.7 Три", [(2, EMPTY)]),
        ("5.5 Раз\n## 5.5.5.1 Глубже", [(2, NO_NUMBER)]),
        ("5.5 Раз\nдва\u202eтри", [(2, STRANGE)]),
        ("5.5 Раз\x07", [(1, STRANGE)]),
        (f"## 5.5 {'о' * 300}\nтекст", [(1, LONG_HEADING)]),
        (f"5.5 {'о' * (LONGEST_CLAUSE + 1)}", [(1, TOO_LONG)]),
        ("x" * (LONGEST_TEXT + 1), [(0, TOO_LARGE)]),
    ],
)
def test_what_is_wrong_is_named_by_line(text: str, wrong: list[tuple[int, str]]) -> None:
    assert codes(text) == wrong


def test_a_text_of_thousands_of_clauses_or_problems_is_cut_short() -> None:
    many = "\n".join(f"{section}.{clause} слово" for section in range(1, 51) for clause in range(1, 51))
    assert codes(many) == [(MOST_CLAUSES + 1, TOO_MANY)]
    assert len(codes("\n".join(["5.5 раз"] * 3000))) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"x" * (MOST_BYTES + 1), TOO_LARGE, 0),
        (b"PK\x03\x04 a DOCX", NO_TEXT, 0),
        (b"%PDF-1.7", NO_TEXT, 0),
        (b"\xd0\xcf\x11\xe0 an old DOC", NO_TEXT, 0),
        (b"{\\rtf1", NO_TEXT, 0),
        ("5.5 слова\n".encode() + "слова".encode("cp1251"), NOT_UTF8, 2),
        (b"\xff\xfe\x00", NOT_UTF8, 0),
    ],
)
def test_a_file_that_is_no_text_is_refused(data: bytes, code: str, line: int) -> None:
    with pytest.raises(UnreadableText) as refusal:
        decode(data)
    assert (refusal.value.problem.code, refusal.value.problem.line) == (code, line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_word_processors_are_read(encoding: str) -> None:
    assert numbers(decode(EXPORTED.encode(encoding)))[:2] == ["1", "1.1"]


def test_clauses_are_ordered_as_they_are_read() -> None:
    mixed = ["A1", "4.10", "4.6b", "5", "4.6", "4.7", "4"]
    assert sorted(mixed, key=order_of) == ["4", "4.6", "4.6b", "4.7", "4.10", "5", "A1"]


# --- what differs


def test_two_texts_are_compared_clause_by_clause_and_word_by_word() -> None:
    before = parsed("5.3 То же  самое\n5.4 Уходит\n5.5 Ждём три рабочих дня.")
    after = parsed("5.3 То же самое\n5.5 Ждём пять рабочих дней.\n5.6 Новое")
    found = {each.number: each for each in text_diff(before, after)}
    assert {number: each.state for number, each in found.items()} == {
        "5.3": SAME,
        "5.4": REMOVED,
        "5.5": CHANGED,
        "5.6": ADDED,
    }
    changed = [(piece.said, piece.text.strip()) for piece in found["5.5"].pieces]
    assert changed == [
        (SAME, "Ждём"), (REMOVED, "три"), (ADDED, "пять"), (SAME, "рабочих"), (REMOVED, "дня."), (ADDED, "дней."),
    ]  # fmt: skip


def test_without_a_text_nothing_is_compared() -> None:
    assert text_diff(None, parsed("5.5 Раз")) == []


def test_a_huge_clause_is_shown_as_replaced() -> None:
    before, after = "раз " * 3000, "два " * 3000
    assert [piece.said for piece in as_one(before, after)] == [REMOVED, ADDED]
