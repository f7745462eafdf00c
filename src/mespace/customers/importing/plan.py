"""What an import does, row by row, or why it cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import ValidationError

from mespace.customers.importing.columns import ImportKind, Record, title_of

MOST_SHOWN = 100  # characters of a cell


class Outcome(StrEnum):
    """What a row does."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class CellChange:
    """A column that a row changes."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """A row that can be imported."""

    row: int
    outcome: Outcome
    name: str
    changes: tuple[CellChange, ...] = ()


@dataclass(frozen=True)
class CellError:
    """What is wrong in a row, by the column's name, and what stands there; no column: the row as a whole."""

    row: int
    column: str
    text: str
    found: str = ""


@dataclass
class Plan:
    """All rows of a file. With a single error nothing is imported."""

    kind: ImportKind
    lines: list[Line] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows come out so."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def added(self) -> int:
        """Rows that add something."""
        return self.count(Outcome.ADDED)

    @property
    def changed(self) -> int:
        """Rows that change something."""
        return self.count(Outcome.CHANGED)

    @property
    def same(self) -> int:
        """Rows that say what is there already."""
        return self.count(Outcome.SAME)

    def refuse(self, record: Record, refusal: ValidationError, names: Mapping[str, str]) -> None:
        """Note a row's complaints under its columns; `names` maps fields of the rows written to fields of the file."""
        if not hasattr(refusal, "error_dict"):
            self.errors.extend(CellError(record.number, "", text) for text in refusal.messages)
            return
        for name, texts in refusal.message_dict.items():
            field_of_file = names.get(name, name)
            column, there = title_of(self.kind, field_of_file), record.get(field_of_file)[:MOST_SHOWN]
            self.errors.extend(CellError(record.number, column, text, there) for text in texts)
