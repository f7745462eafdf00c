"""What differs between two texts of the regulation, clause by clause and word by word."""

from dataclasses import dataclass
from typing import Final

from mespace.platform.text_diff import Piece, as_one
from mespace.regulation.edition_text.parse import ClauseText, ParsedText, order_of

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"


@dataclass(frozen=True)
class ClauseDiff:
    """One clause in two texts; `pieces` tell a changed one word by word."""

    number: str
    state: str
    heading: str
    pieces: tuple[Piece, ...]


def text_diff(before: ParsedText | None, after: ParsedText | None) -> list[ClauseDiff]:
    """Every clause of either text in the order of their numbers; nothing where one of the texts is not there."""
    if before is None or after is None:
        return []
    old, new = _by_number(before), _by_number(after)
    return [
        _clause(number, old.get(number), new.get(number)) for number in sorted(old.keys() | new.keys(), key=order_of)
    ]


def _clause(number: str, before: ClauseText | None, after: ClauseText | None) -> ClauseDiff:
    old, new = _whole(before), _whole(after)
    heading = (after or before or ClauseText(number, "", "", 0)).heading
    if before is None:
        return ClauseDiff(number, ADDED, heading, (Piece(ADDED, new),))
    if after is None:
        return ClauseDiff(number, REMOVED, heading, (Piece(REMOVED, old),))
    if old.split() == new.split():
        return ClauseDiff(number, SAME, heading, ())
    return ClauseDiff(number, CHANGED, heading, as_one(old, new))


def _whole(clause: ClauseText | None) -> str:
    if clause is None:
        return ""
    return f"{clause.heading}\n\n{clause.body}".strip("\n") if clause.heading else clause.body


def _by_number(text: ParsedText) -> dict[str, ClauseText]:
    return {each.number: each for each in text.clauses}
