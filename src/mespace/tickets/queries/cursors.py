"""Where the next page of a list begins, as it stands in an address."""

from datetime import datetime

LONGEST = 18  # digits: a bigint's


class BadCursor(ValueError):
    """The cursor in the address is not one of ours."""


def encode(*parts: object) -> str:
    """The cursor of a row, by the columns that the list is ordered by."""
    return "~".join(part.isoformat() if isinstance(part, datetime) else str(part) for part in parts)


def decode(cursor: str, count: int) -> list[str]:
    """The parts of a cursor. Raises BadCursor."""
    parts = cursor.split("~")
    if len(parts) != count:
        raise BadCursor(cursor)
    return parts


def whole(text: str) -> int:
    """A part that is a whole number. Raises BadCursor."""
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        raise BadCursor(text)
    return int(text)


def instant(text: str) -> datetime:
    """A part that is an instant. Raises BadCursor."""
    try:
        value = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise BadCursor(text) from None
    if value.tzinfo is None:
        raise BadCursor(text)
    return value
