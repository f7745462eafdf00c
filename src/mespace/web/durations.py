"""Lengths of working time in words."""

from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 3600
NBSP = "\u00a0"


def duration_words(seconds: int, *, exact: bool = False) -> str:
    """Whole seconds of working time as “5 h 20 min”, cut to minutes; `exact` adds seconds, a minus says negative."""
    sign, rest = ("−", -seconds) if seconds < 0 else ("", seconds)
    hours, minutes, left = rest // HOUR, rest % HOUR // MINUTE, rest % MINUTE
    in_hours, in_minutes, in_seconds, hardly = _units(get_language())
    parts = []
    if hours:
        parts.append(in_hours % {"count": hours})
    if minutes:
        parts.append(in_minutes % {"count": minutes})
    if exact and (left or not parts):
        parts.append(in_seconds % {"count": left})
    if not parts:
        parts.append(hardly if left else in_minutes % {"count": 0})
    return sign + " ".join(parts).replace(" ", NBSP)


@cache
def _units(language: str | None) -> tuple[str, str, str, str]:  # noqa: ARG001 - words differ by language
    """The units' words, looked up once a language: a queue says them in every row."""
    return _("%(count)d h"), _("%(count)d min"), _("%(count)d s"), _("less than a minute")


def duration_iso(seconds: int) -> str:
    """The same for machines: “PT5H20M7S”; the sign is dropped, as HTML's datetime attribute knows none."""
    rest = abs(seconds)
    hours, minutes, left = rest // HOUR, rest % HOUR // MINUTE, rest % MINUTE
    return (
        "PT"
        + (f"{hours}H" if hours else "")
        + (f"{minutes}M" if minutes else "")
        + (f"{left}S" if left or not rest else "")
    )
