"""Instants in words: the reader's own time and Moscow's where they differ."""

import zoneinfo
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone, translation
from django.utils.translation import pgettext

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
NBSP = "\u00a0"
NONE = timedelta()
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Reader(NamedTuple):
    """In which language and time zone instants are written; taken once, it serves all rows of a table."""

    language: str | None
    zone: tzinfo

    def day(self, day: date) -> str:
        """A date as the language writes it: 22.11.2026 or 22 Nov 2026."""
        if self.language is not None and self.language.startswith("en"):
            return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"
        return f"{day.day:02}.{day.month:02}.{day.year}"

    def instant(self, at: datetime, *, with_date: bool = True, seconds: bool = False) -> tuple[str, str]:
        """The reader's time with its zone, and Moscow's time with its zone or "" when both read the same."""
        here, moscow = at.astimezone(self.zone), at.astimezone(MOSCOW)
        ahead = (here.utcoffset() or NONE) - (moscow.utcoffset() or NONE)
        first = f"{_clock(here, seconds=seconds)}{NBSP}{_ahead_words(ahead, self.language)}"
        if with_date:
            first = f"{self.day(here)} {first}"
        if not ahead:
            return first, ""
        second = f"{_clock(moscow, seconds=seconds)}{NBSP}{_ahead_words(NONE, self.language)}"
        if moscow.date() != here.date():
            second = f"{self.day(moscow)} {second}"
        return first, second


def reader() -> Reader:
    """Who reads the present request's page."""
    return Reader(translation.get_language(), timezone.get_current_timezone())


def day_words(day: date) -> str:
    """A date as the reader's language writes it: 22.11.2026 or 22 Nov 2026."""
    return reader().day(day)


def instant_words(at: datetime, *, with_date: bool = True, seconds: bool = False) -> tuple[str, str]:
    """The reader's time with its zone, and Moscow's time with its zone or "" when both read the same."""
    return reader().instant(at, with_date=with_date, seconds=seconds)


def zone_words(at: datetime, zone: tzinfo) -> str:
    """The zone's name at that instant, reckoned from Moscow as people in Russia do: “МСК+2”."""
    ahead = (at.astimezone(zone).utcoffset() or NONE) - (at.astimezone(MOSCOW).utcoffset() or NONE)
    return _ahead_words(ahead, translation.get_language())


@lru_cache(maxsize=128)
def _ahead_words(ahead: timedelta, language: str | None) -> str:  # noqa: ARG001 - words differ by language
    minutes = int(ahead.total_seconds()) // 60
    moscow = pgettext("time zone", "MSK")
    if not minutes:
        return moscow
    sign, minutes = ("+", minutes) if minutes > 0 else ("−", -minutes)
    return f"{moscow}{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")


def window_words(starts: datetime, ends: datetime) -> str:
    """From when until when, in the reader's zone, and in Moscow's where it differs: `27.11.2026 10:00–11:00 МСК`."""
    zone = timezone.get_current_timezone()
    here = _window(starts, ends, zone)
    if starts.astimezone(zone).utcoffset() == starts.astimezone(MOSCOW).utcoffset():
        return here
    return f"{here} ({_window(starts, ends, MOSCOW)})"


def _window(starts: datetime, ends: datetime, zone: tzinfo) -> str:
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    end = _clock(last, seconds=False)
    if first.date() != last.date():
        end = f" {day_words(last.date())} {end}"
    return f"{day_words(first.date())} {_clock(first, seconds=False)}–{end.lstrip()}{NBSP}{zone_words(starts, zone)}"


def _clock(at: datetime, *, seconds: bool) -> str:
    return f"{at.hour:02}:{at.minute:02}:{at.second:02}" if seconds else f"{at.hour:02}:{at.minute:02}"


@lru_cache(maxsize=64)
def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The zone of that IANA name; Moscow when the tzdata at hand does not know it."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return MOSCOW
