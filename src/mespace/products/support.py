"""How far a version is supported on a day (clause 6.2)."""

from datetime import date

from mespace.products.models import SupportLevel, Version


def support_level(version: Version, on: date) -> SupportLevel:
    """The level on a Moscow date: each begins on its day."""
    if version.ended_from and version.ended_from <= on:
        return SupportLevel.ENDED
    if version.limited_from and version.limited_from <= on:
        return SupportLevel.LIMITED
    return SupportLevel.FULL
