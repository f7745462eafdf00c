"""Pure: from rounds of looks to seconds seen up and down; whatever no look covers is unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HOLD_FACTOR = 2.5
"""A look holds until the next one if that comes within this many of the prober's own intervals."""


@dataclass(frozen=True)
class Look:
    """What one prober saw of one component at an instant (epoch seconds), and how often it looks."""

    at: int
    every: int
    is_up: bool


@dataclass(frozen=True)
class Stretch:
    """A component was seen up or down from `start` until `end` (half-open)."""

    start: int
    end: int
    is_up: bool


@dataclass(frozen=True)
class Seconds:
    """How a span divides; the rest of it is unknown. `planned` is that part of `down` which lies in announced work."""

    up: int = 0
    down: int = 0
    planned: int = 0


def stretches(looks: Sequence[Look], *, until: int) -> list[Stretch]:
    """What one prober's looks cover, up to `until`: a gap in its record is nobody's uptime.

    After the last look before a gap, one interval is taken for seen.
    """
    found = []
    for look, following in pairwise([*looks, None]):
        assert look is not None  # noqa: S101 - only the last of a pair is none
        end = look.at + look.every
        if following is not None and following.at - look.at <= look.every * HOLD_FACTOR:
            end = following.at
        end = min(end, until)
        if end > look.at:
            found.append(Stretch(look.at, end, look.is_up))
    return found


def seconds_seen(
    probers: Iterable[Sequence[Stretch]], planned: Iterable[tuple[int, int]], *, start: int, end: int
) -> Seconds:
    """The seconds of `[start, end)`: up where any prober reached it, down where those that looked did not."""
    changes: dict[int, list[tuple[str, int]]] = {}

    def add(kind: str, first: int, last: int) -> None:
        first, last = max(first, start), min(last, end)
        if first < last:
            changes.setdefault(first, []).append((kind, 1))
            changes.setdefault(last, []).append((kind, -1))

    for prober in probers:
        for stretch in prober:
            add("up" if stretch.is_up else "down", stretch.start, stretch.end)
    for first, last in planned:
        add("planned", first, last)
    holds = {"up": 0, "down": 0, "planned": 0}
    sums = {"up": 0, "down": 0, "planned": 0}
    for here, there in pairwise(sorted(changes)):
        for kind, by in changes[here]:
            holds[kind] += by
        length = there - here
        if holds["up"]:
            sums["up"] += length
        elif holds["down"]:
            sums["down"] += length
            sums["planned"] += length if holds["planned"] else 0
    return Seconds(sums["up"], sums["down"], sums["planned"])
