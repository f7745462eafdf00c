"""What is wrong with a calendar's file, by line."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

MOST_BYTES: Final = 1024 * 1024

# Codes for interfaces, which say them in the reader's language.
TOO_LARGE: Final = "too_large"
NO_LETTERS: Final = "no_letters"
NOT_KNOWN: Final = "not_known"
BROKEN_XML: Final = "broken_xml"
HOSTILE_XML: Final = "hostile_xml"
NO_YEAR: Final = "no_year"
NO_DATE: Final = "no_date"
NO_KIND: Final = "no_kind"
TWICE: Final = "twice"
NO_MONTHS: Final = "no_months"
SHORT_ROW: Final = "short_row"


@dataclass(frozen=True)
class Problem:
    """One complaint: the line (0: the whole file), a code, and what stands there, cut."""

    line: int
    code: str
    text: str = ""


@dataclass
class FileYear:
    """A year as a file has it: its days off, and for those that were moved, from which date."""

    number: int
    off: set[date]
    moved_from: dict[date, date] = field(default_factory=dict)


class UnreadableFile(Exception):
    """The file cannot be used; `problems` says why, line by line."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)


def cut(text: str) -> str:
    """Text from outside, short and printable."""
    return "".join(character if character.isprintable() else "?" for character in text[:40])
