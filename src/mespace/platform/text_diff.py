"""What differs between two texts: line by line with the words of changed lines marked, or word by word as one text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

CONTEXT = 3  # equal lines shown around a change
LONGEST_LINE = 4_000  # characters of a line in which words are compared
MOST_WORDS = 4_000  # of both texts together: above that a text is told as wholly replaced
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_BETWEEN_BLANKS = re.compile(r"\s+|[^\s]+")

Said = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Piece:
    """Some words, and whether both texts say them."""

    said: Said
    text: str


@dataclass(frozen=True)
class Line:
    """A line with its number in each text (None: it is not there), and its pieces."""

    said: Said
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Gap:
    """Equal lines that are not shown."""

    count: int


def diff(before: str, after: str, *, context: int = CONTEXT) -> list[Line | Gap]:
    """Both texts as one list: what went, what came, and `context` equal lines around; nothing when they are equal."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    # Popular lines (blank ones) are no anchors: with them, long texts take long.
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=True).get_opcodes():
        if tag == "equal":
            lines += [_plain("same", i + 1, j + 1, old[i]) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)]
        elif tag == "replace":
            lines += _replaced(old, new, range(i1, i2), range(j1, j2))
        else:
            lines += [_plain("removed", i + 1, None, old[i]) for i in range(i1, i2)]
            lines += [_plain("added", None, j + 1, new[j]) for j in range(j1, j2)]
    return _folded(lines, context)


def _plain(said: Said, before: int | None, after: int | None, text: str) -> Line:
    return Line(said, before, after, (Piece("same", text),) if text else ())


def _replaced(old: list[str], new: list[str], gone: range, come: range) -> list[Line]:
    """Each line beside the one that took its place, with the words that differ marked in both."""
    made: list[Line] = []
    for i, j in zip_longest(gone, come):
        if i is None:
            made.append(_plain("added", None, j + 1, new[j]))
        elif j is None:
            made.append(_plain("removed", i + 1, None, old[i]))
        else:
            was, is_now = word_pieces(old[i], new[j])
            made += [Line("removed", i + 1, None, was), Line("added", None, j + 1, is_now)]
    return made


def word_pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """The two lines, each with what differs marked; lines that share little are marked whole."""
    if max(len(before), len(after)) > LONGEST_LINE:
        return (Piece("removed", before),), (Piece("added", after),)
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if matcher.ratio() < 0.3:  # noqa: PLR2004 - below that, marks hide more than they show
        return (Piece("removed", before),), (Piece("added", after),)
    was: list[Piece] = []
    is_now: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 > i1:
            was.append(Piece("same" if tag == "equal" else "removed", "".join(old[i1:i2])))
        if j2 > j1:
            is_now.append(Piece("same" if tag == "equal" else "added", "".join(new[j1:j2])))
    return tuple(was), tuple(is_now)


def as_one(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one, in order: what stayed, what went, what came; blanks alone are no difference."""
    old, new = _BETWEEN_BLANKS.findall(before), _BETWEEN_BLANKS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return (*_told("removed", [before]), *_told("added", [after]))
    found: list[Piece] = []
    matcher = SequenceMatcher(None, [_key(word) for word in old], [_key(word) for word in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(new[j1:j2])))
            continue
        found += _told("removed", old[i1:i2])
        found += _told("added", new[j1:j2])
    return tuple(found)


def _told(said: Said, words: list[str]) -> list[Piece]:
    text = "".join(words)
    if text.strip():
        return [Piece(said, text)]
    return [Piece("same", text)] if text and said == "added" else []


def _key(word: str) -> str:
    return " " if word.isspace() else word


def _folded(lines: list[Line], context: int) -> list[Line | Gap]:
    changed = [index for index, line in enumerate(lines) if line.said != "same"]
    if not changed:
        return []
    near = {near for index in changed for near in range(index - context, index + context + 1)}
    made: list[Line | Gap] = []
    hidden = 0
    for index, line in enumerate(lines):
        if index not in near:
            hidden += 1
            continue
        if hidden:
            made.append(Gap(hidden))
            hidden = 0
        made.append(line)
    if hidden:
        made.append(Gap(hidden))
    return made
