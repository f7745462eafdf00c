"""Pieces of a text around what was searched for: bits to be escaped, of which some are to be marked."""

from __future__ import annotations

import re
from typing import NamedTuple

from mespace.platform.search import codes, lemma_of, words_of

LONGEST = 8_000  # characters of a text that are looked through
AROUND = 90  # characters before the first hit
LENGTH = 260
_WORD = re.compile(r"[^\W_]+(?:[-./_][^\W_]+)*")


class Bit(NamedTuple):
    """Some text, and whether it is what was searched for."""

    text: str
    is_hit: bool


class Marker:
    """What was searched for, to be marked in any number of texts: each word is judged once."""

    def __init__(self, searched: str) -> None:
        self._lemmas = {lemma for word in words_of(searched) if (lemma := lemma_of(word))}
        self._codes = set(codes(searched))
        self._judged: dict[str, bool] = {}

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
        text = " ".join(text[:LONGEST].split())
        first = next((match.start() for match in _WORD.finditer(text) if self._is_wanted(match[0])), 0)
        start = 0 if first <= AROUND else text.rfind(" ", 0, first - AROUND) + 1
        end = len(text) if start + LENGTH >= len(text) else max(text.rfind(" ", start, start + LENGTH), start + 1)
        before = [Bit("… ", False)] if start else []
        return [*before, *self.marked(text[start:end]), *([Bit(" …", False)] if end < len(text) else [])]

    def _is_wanted(self, word: str) -> bool:
        known = self._judged.get(word)
        if known is None:
            known = self._judged[word] = self._judge(word)
        return known

    def _judge(self, word: str) -> bool:
        if any(letter.isdigit() for letter in word):
            return bool(self._codes & set(codes(word)))
        return any(lemma_of(part) in self._lemmas for part in words_of(word))
