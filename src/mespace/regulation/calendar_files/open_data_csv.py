"""The CSV of the open-data portal: a row per year, a column per month, which lists the month's days off."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from mespace.regulation.calendar_files.problems import (
    NO_DATE,
    NO_LETTERS,
    NO_MONTHS,
    NO_YEAR,
    SHORT_ROW,
    TWICE,
    FileYear,
    Problem,
    UnreadableFile,
    cut,
)

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_YEAR = re.compile(r"(?:19[7-9]|20[0-9]|21[0-9])[0-9]")
_DAY = re.compile(r"([0-9]{1,2})([*+]?)")


def read_csv(data: bytes) -> dict[int, FileYear]:
    """The years of the file, by number; `*` marks a shortened working day, `+` a day off that was moved there.

    UTF-8, or Windows-1251 as office programs save it again. Raises UnreadableFile with every line that is wrong.
    """
    text = _decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns: list[int] = []
    years: dict[int, FileYear] = {}
    problems: list[Problem] = []
    try:
        for cells in rows:
            if not columns:
                columns = _columns(cells)
                if not columns:
                    raise UnreadableFile([Problem(rows.line_num, NO_MONTHS, cut(first))])
            elif any(cell.strip() for cell in cells):
                problems += _row(rows.line_num, cells, columns, years)
    except csv.Error:
        raise UnreadableFile([*problems, Problem(rows.line_num, SHORT_ROW)]) from None
    if not years and not problems:
        problems.append(Problem(0, NO_YEAR))
    if problems:
        raise UnreadableFile(problems)
    return years


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile([Problem(0, NO_LETTERS)])


def _columns(cells: Sequence[str]) -> list[int]:
    """Where the twelve months stand; empty when one is missing."""
    names = [cell.strip().lower() for cell in cells]
    return [names.index(month) for month in MONTHS] if set(MONTHS) <= set(names) else []


def _row(line: int, cells: Sequence[str], columns: Sequence[int], years: dict[int, FileYear]) -> list[Problem]:
    number = cells[0].strip()
    if not _YEAR.fullmatch(number):
        return [Problem(line, NO_YEAR, cut(number))]
    if int(number) in years:
        return [Problem(line, TWICE, number)]
    if len(cells) <= max(columns):
        return [Problem(line, SHORT_ROW, number)]
    off: set[date] = set()
    problems = []
    for month, column in enumerate(columns, 1):
        for part in filter(None, (each.strip() for each in cells[column].split(","))):
            match = _DAY.fullmatch(part)
            try:
                day = date(int(number), month, int(match[1])) if match else None
            except ValueError:
                day = None
            if match is None or day is None:
                problems.append(Problem(line, NO_DATE, cut(f"{MONTHS[month - 1]}: {part}")))
            elif match[2] != "*":
                off.add(day)
    years[int(number)] = FileYear(int(number), off)
    return problems
