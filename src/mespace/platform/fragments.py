"""Pieces of a text around what was searched for: bits to be escaped, of which some are to be marked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mespace.platform.search import codes, lemma_of, words_of

LONGEST = 8_000  # characters of a text that are looked through
AROUND = 90  # characters before the first hit
LENGTH = 260
_BETWEEN = re.compile(r"(?:\t|\n- )\s*(?:- )?")  # cells of a table and items of a list, as `plain_text` writes them
_WORD = re.compile(r"[^\W_]+(?:[-./_][^\W_]+)*")


class Bit(NamedTuple):
    """Some text, and whether it is what was searched for."""

    text: str
    is_hit: bool


class Marker:
    """What was searched for, to be marked in any number of texts."""

    def __init__(self, searched: str) -> None:
        lemmas = {lemma for word in words_of(searched) if (lemma := lemma_of(word))}
        self._wanted = lemmas | set(codes(searched))

    def marked(self, text: str) -> list[Bit]:
        """The whole text in bits."""
        bits: list[Bit] = []
        at = 0
        for match in _WORD.finditer(text):
            if self._is_wanted(match[0]):
                bits += [Bit(text[at : match.start()], False), Bit(match[0], True)]
                at = match.end()
        bits.append(Bit(text[at:], False))
        return [bit for bit in bits if bit.text]

    def fragment(self, text: str) -> list[Bit]:
        """About 260 characters around the first hit, in one line; the beginning when there is none."""
        text = " ".join(_BETWEEN.sub(" · ", text[:LONGEST]).split())
        first = next((match.start() for match in _WORD.finditer(text) if self._is_wanted(match[0])), 0)
        start = 0 if first <= AROUND else text.rfind(" ", 0, first - AROUND) + 1
        end = len(text) if start + LENGTH >= len(text) else max(text.rfind(" ", start, start + LENGTH), start + 1)
        before = [Bit("… ", False)] if start else []
        return [*before, *self.marked(text[start:end]), *([Bit(" …", False)] if end < len(text) else [])]

    def _is_wanted(self, word: str) -> bool:
        return not self._wanted.isdisjoint(_meanings(word))


@lru_cache(maxsize=50_000)
def _meanings(word: str) -> frozenset[str]:
    """What a word of a text can be found by: its codes if it is one, else the lemmas of its parts."""
    if any(letter.isdigit() for letter in word):
        return frozenset(codes(word))
    return frozenset(filter(None, map(lemma_of, words_of(word))))
