"""Instants as whole seconds since 1970-01-01T00:00:00Z, and their texts."""

from datetime import UTC, datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_text(instant: int) -> str:
    """Return `2024-12-27T13:30:00Z` for an instant in epoch seconds."""
    return (_EPOCH + timedelta(seconds=instant)).strftime("%Y-%m-%dT%H:%M:%SZ")


def offset_text(instant: int, offset: int) -> str:
    """Return `2024-12-28T09:30:00+03:00`: the instant on a clock that is `offset` seconds ahead of UTC."""
    return (_EPOCH + timedelta(seconds=instant)).astimezone(timezone(timedelta(seconds=offset))).isoformat()


def parse_utc(text: str) -> int:
    """Return the epoch seconds of `2024-12-27T13:30:00Z`, the one form of the log; anything else is a ValueError."""
    return int((datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - _EPOCH).total_seconds())
