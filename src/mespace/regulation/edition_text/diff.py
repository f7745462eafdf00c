"""What differs between two texts of the regulation, clause by clause and word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from mespace.regulation.edition_text.parse import ClauseText, ParsedText, order_of

SAME: Final = "same"
ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
MOST_WORDS: Final = 4000  # of both sides together: above that a clause is shown as wholly replaced

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words: in both texts, only in the newer (`added`), or only in the older (`removed`)."""

    state: str
    text: str


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


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, told apart; blanks alone are no difference."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return tuple(Piece(state, text) for state, text in ((REMOVED, before), (ADDED, after)) if text)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, [_key(word) for word in old], [_key(word) for word in new], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(new[new_start:new_end])))
            continue
        found += _told(REMOVED, old[start:end])
        found += _told(ADDED, new[new_start:new_end])
    return tuple(found)


def _clause(number: str, before: ClauseText | None, after: ClauseText | None) -> ClauseDiff:
    old, new = _whole(before), _whole(after)
    heading = (after or before or ClauseText(number, "", "", 0)).heading
    if before is None:
        return ClauseDiff(number, ADDED, heading, (Piece(ADDED, new),))
    if after is None:
        return ClauseDiff(number, REMOVED, heading, (Piece(REMOVED, old),))
    if old.split() == new.split():
        return ClauseDiff(number, SAME, heading, ())
    return ClauseDiff(number, CHANGED, heading, pieces_of(old, new))


def _whole(clause: ClauseText | None) -> str:
    if clause is None:
        return ""
    return f"{clause.heading}\n\n{clause.body}".strip("\n") if clause.heading else clause.body


def _by_number(text: ParsedText) -> dict[str, ClauseText]:
    return {each.number: each for each in text.clauses}


def _told(state: str, words: Iterable[str]) -> list[Piece]:
    text = "".join(words)
    return [Piece(state, text)] if text.strip() else [Piece(SAME, text)] if text and state == ADDED else []


def _key(word: str) -> str:
    return " " if word.isspace() else word
