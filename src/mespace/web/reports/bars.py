"""The bars of a chart of months: rectangles as numbers, for an SVG without scripts or styles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mespace.reports.reaction import BROKEN, KEPT, RUNNING, WITHDRAWN, Line

HEIGHT, STEP, WIDTH = 160, 48, 32
ORDER = (KEPT, BROKEN, WITHDRAWN, RUNNING)  # from the ground up


@dataclass(frozen=True)
class Block:
    """One state's part of a month's bar."""

    state: str
    y: int
    height: int


@dataclass(frozen=True)
class Bar:
    """A month's bar."""

    month: date
    x: int
    middle: int
    blocks: list[Block]
    total: int


@dataclass(frozen=True)
class Chart:
    """All bars and the size of the picture."""

    bars: list[Bar]
    width: int
    height: int
    top: int


def chart_of(lines: Sequence[Line]) -> Chart:
    """The chart of a report's months; a part that is not zero is never too low to see."""
    top = max((line.figures.total for line in lines), default=0)
    bars = []
    for number, line in enumerate(lines):
        y, blocks = HEIGHT, []
        for state in ORDER:
            count = getattr(line.figures, state)
            if count:
                height = max(2, round(HEIGHT * count / top))
                y -= height
                blocks.append(Block(state, max(0, y), height))
        x = number * STEP + (STEP - WIDTH) // 2
        bars.append(Bar(line.key, x, x + WIDTH // 2, blocks, line.figures.total))
    return Chart(bars, max(STEP, len(bars) * STEP), HEIGHT, top)
