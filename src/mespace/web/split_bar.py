"""The figures of a bar that splits a time between parties."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mespace.web.durations import duration_words
from mespace.web.vocabulary import PARTIES

WIDTH = 1000
LEAST = 4


class Part(NamedTuple):
    """One party's share: where its rectangle stands (of 1000) and what to say of it."""

    party: str
    word: str
    tone: str
    icon: str
    seconds: int
    words: str
    percent: int
    x: int
    width: int


def split_parts(parts: Iterable[tuple[str, int]]) -> Sequence[Part]:
    """The shares in their order, zero ones left out; rectangles fill the bar exactly, none is too thin to see."""
    shares = [(party, seconds) for party, seconds in parts if seconds > 0]
    total = sum(seconds for _party, seconds in shares)
    widths = [max(LEAST, round(WIDTH * seconds / total)) for _party, seconds in shares]
    if widths:
        widths[widths.index(max(widths))] += WIDTH - sum(widths)
    drawn, x = [], 0
    for (party, seconds), width in zip(shares, widths, strict=True):
        look = PARTIES[party]
        percent = round(100 * seconds / total)
        drawn.append(
            Part(party, str(look.word), look.tone, look.icon, seconds, duration_words(seconds), percent, x, width)
        )
        x += width
    return drawn
