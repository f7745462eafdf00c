"""The state of the service in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from mespace.announcements.queries.status import Bar

STATES: Mapping[str, str | Promise] = {
    "up": pgettext_lazy("service", "works"),
    "down": pgettext_lazy("service", "does not answer"),
    "outage": pgettext_lazy("service", "outage"),
    "degraded": pgettext_lazy("service", "works with disturbances"),
    "work": pgettext_lazy("service", "planned work"),
    "unknown": pgettext_lazy("service", "not measured now"),
}
WHOLE: Mapping[str, str | Promise] = {
    "up": gettext_lazy("Everything works"),
    "down": gettext_lazy("Something does not answer"),
    "outage": gettext_lazy("There is an outage"),
    "degraded": gettext_lazy("Something works with disturbances"),
    "work": gettext_lazy("Planned work is under way"),
    "unknown": gettext_lazy("The present state is not measured"),
}
SIGNS = {"up": "✓", "down": "✕", "outage": "✕", "degraded": "!", "work": "⚙", "unknown": "?"}
MINUTE, HOUR = 60, 3600


def percent_words(hundredths: int | None) -> str:
    """`99,98 %`, rounded down, so that 100 % means it; a dash when nothing is known."""
    if hundredths is None:
        return "—"
    comma = "." if (get_language() or "ru").startswith("en") else ","
    whole, rest = divmod(hundredths, 100)
    return f"{whole}\u00a0%" if not rest else f"{whole}{comma}{rest:02}\u00a0%"


def span_of(seconds: int) -> str:
    """A duration in the two largest of hours, minutes and seconds."""
    if seconds < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    hours, minutes = seconds // HOUR, seconds % HOUR // MINUTE
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return " ".join(parts)


def bar_words(bar: Bar) -> str:
    """What was seen on a day."""
    parts = []
    if bar.up:
        parts.append(_("worked %(time)s") % {"time": span_of(bar.up)})
    if bar.down - bar.planned:
        parts.append(_("did not answer %(time)s") % {"time": span_of(bar.down - bar.planned)})
    if bar.planned:
        parts.append(_("planned work %(time)s") % {"time": span_of(bar.planned)})
    if bar.unknown:
        parts.append(_("not measured %(time)s") % {"time": span_of(bar.unknown)})
    return ", ".join(parts) or _("not measured")
