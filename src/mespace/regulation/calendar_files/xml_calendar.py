"""The XML that xmlcalendar.ru publishes: one year, its days off, shortened and worked days."""

import re
from datetime import date
from typing import NoReturn
from xml.parsers import expat

from mespace.regulation.calendar_files.problems import (
    BROKEN_XML,
    HOSTILE_XML,
    NO_DATE,
    NO_KIND,
    NO_YEAR,
    NOT_KNOWN,
    TWICE,
    FileYear,
    Problem,
    UnreadableFile,
    cut,
)
from mespace.regulation.core.calendar_changes import weekends_of

OFF, SHORTENED, WORKED = "1", "2", "3"  # what `t` says of a day
_YEAR = re.compile(r"(?:19[7-9]|20[0-9]|21[0-9])[0-9]")
_DAY = re.compile(r"([01][0-9])\.([0-3][0-9])")


def read_xml(data: bytes) -> FileYear:
    """The year of the file; a shortened day is a working day, on a weekend as on any other (E1).

    Raises UnreadableFile. Document types and entities are refused, so nothing is expanded and nothing is fetched.
    """
    return _Reader().read(data)


class _Hostile(Exception):
    pass


class _Reader:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.depth_seen = 0
        self.year: FileYear | None = None
        self.seen: set[date] = set()
        self.problems: list[Problem] = []

    def read(self, data: bytes) -> FileYear:
        try:
            self.parser.Parse(data, True)
        except _Hostile:
            raise UnreadableFile([Problem(self.parser.CurrentLineNumber, HOSTILE_XML)]) from None
        except (expat.ExpatError, ValueError, LookupError):  # an unknown encoding is a LookupError
            raise UnreadableFile([*self.problems, Problem(self.parser.ErrorLineNumber, BROKEN_XML)]) from None
        if self.year is None:
            self.problems.append(Problem(0, NO_YEAR))
        if self.problems or self.year is None:
            raise UnreadableFile(self.problems)
        return self.year

    def _refuse(self, *_declaration: object) -> NoReturn:
        raise _Hostile

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth_seen == 0 and name != "calendar":
            self._complain(NOT_KNOWN, name)
        self.depth_seen += 1
        if name == "calendar":
            self._calendar(attributes.get("year", ""))
        elif name == "day" and self.year is not None:
            self._day(self.year, attributes)

    def _calendar(self, text: str) -> None:
        if not _YEAR.fullmatch(text):
            self._complain(NO_YEAR, text)
            return
        self.year = FileYear(int(text), weekends_of(int(text)))

    def _day(self, year: FileYear, attributes: dict[str, str]) -> None:
        day = _date(year.number, attributes.get("d", ""))
        if day is None:
            self._complain(NO_DATE, attributes.get("d", ""))
            return
        if day in self.seen:
            self._complain(TWICE, attributes["d"])
            return
        self.seen.add(day)
        kind = attributes.get("t", "")
        if kind == OFF:
            year.off.add(day)
        elif kind in {SHORTENED, WORKED}:
            year.off.discard(day)
        else:
            self._complain(NO_KIND, kind)
        if "f" in attributes:
            origin = _date(year.number, attributes["f"])
            if origin is None:
                self._complain(NO_DATE, attributes["f"])
            else:
                year.moved_from[day] = origin

    def _complain(self, code: str, text: str) -> None:
        self.problems.append(Problem(self.parser.CurrentLineNumber, code, cut(text)))


def _date(year: int, text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return date(year, int(match[1]), int(match[2]))
    except ValueError:
        return None
