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


def marked(text: str, searched: str) -> list[Bit]:
    """The whole text in bits."""
    return _bits(text, _Wanted(searched))


def fragment(text: str, searched: str) -> list[Bit]:
    """About 260 characters around the first hit, in one line; the beginning when there is none."""
    text = " ".join(text[:LONGEST].split())
    wanted = _Wanted(searched)
    first = next((match.start() for match in _WORD.finditer(text) if wanted.has(match[0])), 0)
    start = 0 if first <= AROUND else text.rfind(" ", 0, first - AROUND) + 1
    end = len(text) if start + LENGTH >= len(text) else max(text.rfind(" ", start, start + LENGTH), start + 1)
    bits = _bits(text[start:end], wanted)
    before = [Bit("… ", False)] if start else []
    return [*before, *bits, *([Bit(" …", False)] if end < len(text) else [])]


class _Wanted:
    def __init__(self, searched: str) -> None:
        self.lemmas = {lemma for word in words_of(searched) if (lemma := lemma_of(word))}
        self.codes = set(codes(searched))

    def has(self, word: str) -> bool:
        if any(letter.isdigit() for letter in word):
            return bool(self.codes & set(codes(word)))
        return any(lemma_of(part) in self.lemmas for part in words_of(word))


def _bits(text: str, wanted: _Wanted) -> list[Bit]:
    bits: list[Bit] = []
    at = 0
    for match in _WORD.finditer(text):
        if wanted.has(match[0]):
            bits += [Bit(text[at : match.start()], False), Bit(match[0], True)]
            at = match.end()
    bits.append(Bit(text[at:], False))
    return [bit for bit in bits if bit.text]
