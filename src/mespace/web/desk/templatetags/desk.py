"""The desk's own small tags, for rows."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.tickets.queries.desk_clock import DeskClock
from mespace.web import vocabulary
from mespace.web.durations import duration_words
from mespace.web.icons import icon_svg
from mespace.web.instants import MOSCOW, Reader, reader
from mespace.web.templatetags.kit import clock_html, provisional_mark

register = template.Library()


def desk_clock(clock: DeskClock, to: Reader) -> str:
    """The clock column's cell: time left to react, time that support has held it, or when the customer's term ends."""
    return _clock(clock, to) + provisional_mark() if clock.is_provisional else _clock(clock, to)


def _clock(clock: DeskClock, to: Reader) -> str:
    if clock.left is not None and clock.left >= 0:
        return clock_html(clock.due, clock.left, "running", to)
    words = _words(to.language)
    if clock.left is not None:
        late = duration_words(-clock.left)
        title = words.due % {"instant": to.instant(clock.due)[0]} if clock.due else ""
        return (
            f'<span class="clock clock-bad" data-clock="overdue" title="{title}">{words.late_icon}'
            f'<span aria-hidden="true">−{late}</span><span class="sr-only">{words.late % {"time": late}}</span></span>'
        )
    if clock.held is not None:
        return _calm(words.held, words.held_icon, duration_words(clock.held))
    if clock.answer_due is not None:
        until = words.until % {"day": to.day(clock.answer_due.astimezone(MOSCOW))}
        return _calm(words.term, words.term_icon, until)
    return '<span class="muted">—</span>'


def _calm(title: str, icon: str, words: str) -> str:
    return f'<span class="clock clock-calm" title="{title}">{icon}<span class="muted">{words}</span></span>'


class _Words(NamedTuple):
    """What clocks say in one language, escaped, and their icons."""

    due: str
    late: str
    late_icon: SafeString
    held: str
    held_icon: SafeString
    until: str
    term: str
    term_icon: SafeString


@cache
def _words(language: str | None) -> _Words:  # noqa: ARG001 - words differ by language
    return _Words(
        due=escape(pgettext("clock", "Due %(instant)s")),
        late=escape(_("overdue by %(time)s")),
        late_icon=icon_svg("alert-triangle"),
        held=escape(_("Working time for which it has been support's move")),
        held_icon=icon_svg("tool"),
        until=escape(_("until %(day)s")),
        term=escape(_("The customer's term ends then (clause 5.5)")),
        term_icon=icon_svg("clock-pause"),
    )


@cache
def type_mark(language: str | None, ticket_type: str) -> str:  # noqa: ARG001 - words differ by language
    """A ticket type's icon with its word for screen readers, and as a tooltip."""
    look = vocabulary.TYPES[ticket_type]
    word = str(look.word)
    return f'<span class="row-type" title="{escape(word)}">{icon_svg(look.icon, label=word)}</span>'


@cache
def critical_mark(language: str | None) -> SafeString:  # noqa: ARG001 - words differ by language
    """The mark of a critical ticket, for narrow places: its word is its tooltip and what screen readers say."""
    look = vocabulary.CRITICALITIES["critical"]
    return format_html(
        '<span class="tag tag-critical tag-small" title="{}">{}</span>',
        look.word,
        icon_svg(look.icon, label=str(look.word)),
    )


@register.simple_tag
def moment(at: datetime, now: datetime) -> SafeString:
    """An instant as short as a table needs: today's time, this year's date or a whole date; the rest is a tooltip."""
    return mark_safe(moment_html(at, now, reader()))  # noqa: S308 - figures and the catalogue's words


def moment_html(at: datetime, now: datetime, to: Reader) -> str:
    """The same for one of many rows."""
    here = at.astimezone(to.zone)
    first, second = to.instant(at)
    if here.date() == now.astimezone(to.zone).date():
        words = f"{here:%H:%M}"
    else:
        words = to.day(here).removesuffix(f".{here.year}") if here.year == now.year else to.day(here)
    title = f"{first} · {second}" if second else first
    return f'<time datetime="{at.astimezone(MOSCOW).isoformat()}" title="{title}">{words}</time>'
