"""The one place where the time is read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_fixed: datetime | None = None


def now() -> datetime:
    """The present instant in UTC, cut to whole seconds (E1)."""
    return (_fixed if _fixed is not None else datetime.now(UTC)).replace(microsecond=0)


class SteppedClock:
    """A clock that stands still until it is stepped; for the test process and the making of a demo."""

    def set(self, instant: datetime) -> None:
        """Make `instant` (aware) the present."""
        global _fixed
        if instant.tzinfo is None:
            msg = "a clock is set to an aware instant"
            raise ValueError(msg)
        _fixed = instant.astimezone(UTC)

    def step(self, by: timedelta) -> datetime:
        """Move forward by `by` and return the new present."""
        self.set(now() + by)
        return now()


@contextmanager
def stepped(start: datetime) -> Iterator[SteppedClock]:
    """While inside, the present is what the yielded clock says.

    Raises RuntimeError in a production process: only test and demo settings allow it.
    """
    from django.conf import settings

    global _fixed
    if not getattr(settings, "CLOCK_CAN_BE_STEPPED", False):
        msg = "the clock can only be stepped in tests and while a demo is made"
        raise RuntimeError(msg)
    before = _fixed
    clock = SteppedClock()
    clock.set(start)
    try:
        yield clock
    finally:
        _fixed = before
