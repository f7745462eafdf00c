"""Numbers with dots, as vendors give them to systems and drivers: compared group by group."""

import re

_DOTTED = re.compile(r"\d{1,9}(\.\d{1,9}){0,5}")


def parse_dotted(text: str) -> tuple[int, ...] | None:
    """The groups of `10.0.19045`; None for anything that cannot be compared, such as `22H2`."""
    text = text.strip()
    if not text.isascii() or _DOTTED.fullmatch(text) is None:
        return None
    return tuple(int(group) for group in text.split("."))


def within(number: tuple[int, ...], *, lowest: tuple[int, ...] | None, highest: tuple[int, ...] | None) -> bool:
    """Whether a number lies between two bounds, both included: 11.2 is within "up to 11"."""
    if lowest is not None and number < lowest[: len(number)]:
        return False
    return highest is None or number[: len(highest)] <= highest
