"""Instants and days as a mail says them."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from datetime import date, datetime

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")


def instant_words(at: datetime) -> str:
    """An instant on the recipient's clock, and on Moscow's where the two differ."""
    here, moscow = timezone.localtime(at), timezone.localtime(at, MOSCOW)
    name = pgettext("time zone", "MSK")
    if here.utcoffset() == moscow.utcoffset():
        return f"{day_words(here.date())} {here:%H:%M} {name}"
    other = "" if here.date() == moscow.date() else f"{day_words(moscow.date())} "
    return f"{day_words(here.date())} {here:%H:%M} ({other}{moscow:%H:%M} {name})"


def day_words(day: date) -> str:
    """A date that no reader takes for another: 18.11.2026 or 18 Nov 2026."""
    return date_format(day, "d.m.Y" if translation.get_language() == "ru" else "j M Y")
