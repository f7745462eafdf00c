"""Instants as announcements write them: in the reader's zone with its offset, so nobody has to guess."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format


def when_words(at: datetime) -> str:
    """`26.11.2026 23:00 UTC+3`, in the reader's zone (Moscow's where they have none)."""
    local = timezone.localtime(at)
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M} {offset_words(local)}"


def span_words(start: datetime, end: datetime) -> str:
    """`26.11.2026 23:00 – 27.11.2026 01:00 UTC+3`; the date once when both lie on the same."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    begins = f"{date_format(first, 'SHORT_DATE_FORMAT')} {first:%H:%M}"
    if first.date() == last.date():
        return f"{begins}–{last:%H:%M} {offset_words(last)}"
    return f"{begins} – {date_format(last, 'SHORT_DATE_FORMAT')} {last:%H:%M} {offset_words(last)}"


def offset_words(local: datetime) -> str:
    """`UTC+3`, `UTC+5:30`."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    sign, (hours, rest) = "-" if seconds < 0 else "+", divmod(abs(seconds), 3600)
    return f"UTC{sign}{hours}" + (f":{rest // 60:02}" if rest else "")
