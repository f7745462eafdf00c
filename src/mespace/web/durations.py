"""Lengths of working time in words."""

from django.utils.translation import gettext as _

MINUTE = 60
HOUR = 3600
NBSP = "\u00a0"


def duration_words(seconds: int, *, exact: bool = False) -> str:
    """Whole seconds of working time as “5 h 20 min”, cut to minutes; `exact` adds seconds, a minus says negative."""
    sign, rest = ("−", -seconds) if seconds < 0 else ("", seconds)
    hours, minutes, left = rest // HOUR, rest % HOUR // MINUTE, rest % MINUTE
    parts = []
    if hours:
        parts.append(_("%(count)d h") % {"count": hours})
    if minutes:
        parts.append(_("%(count)d min") % {"count": minutes})
    if exact and (left or not parts):
        parts.append(_("%(count)d s") % {"count": left})
    if not parts:
        parts.append(_("less than a minute") if left else _("%(count)d min") % {"count": 0})
    return sign + " ".join(parts).replace(" ", NBSP)


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
