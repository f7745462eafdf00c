"""The zone's clock, from a list of offsets: no time zone database is asked."""

from bisect import bisect_right
from collections.abc import Sequence


class LocalTime:
    """Converts between UTC instants and local seconds (the wall clock counted as if it were UTC)."""

    __slots__ = ("_instants", "_offsets")

    def __init__(self, offsets: Sequence[tuple[int, int]]) -> None:
        self._instants = [instant for instant, _ in offsets]
        self._offsets = [offset for _, offset in offsets]

    @property
    def known_from(self) -> int:
        """Return the first instant whose offset is known."""
        return self._instants[0]

    def offset(self, instant: int) -> int:
        """Return how many seconds the local clock is ahead of UTC; before the first entry, that entry's offset."""
        return self._offsets[max(bisect_right(self._instants, instant) - 1, 0)]

    def to_local(self, instant: int) -> int:
        """Return the local seconds of an instant."""
        return instant + self.offset(instant)

    def to_utc(self, local: int) -> int:
        """Return the instant of local seconds.

        Where the clock shows them twice, it is the earlier one; where it skips them, the one by the former offset.
        """
        last = len(self._instants) - 1
        for number, offset in enumerate(self._offsets):
            instant = local - offset
            if number == last or instant < self._instants[number + 1]:
                if number and instant < self._instants[number]:
                    return local - self._offsets[number - 1]
                return instant
        msg = "the last offset holds for ever"
        raise AssertionError(msg)
