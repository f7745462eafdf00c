"""The desk's own small tags, for rows."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mespace.tickets.queries.desk_clock import DeskClock
from mespace.web import vocabulary
from mespace.web.durations import duration_words
from mespace.web.icons import icon_svg
from mespace.web.instants import MOSCOW, day_words, instant_words
from mespace.web.templatetags.kit import clock as kit_clock
from mespace.web.templatetags.kit import provisional_mark

register = template.Library()


@register.simple_tag
def desk_clock(clock: DeskClock) -> SafeString:
    """The clock column's cell: time left to react, time that support has held it, or when the customer's term ends."""
    return _clock(clock) + provisional_mark() if clock.is_provisional else _clock(clock)


def _clock(clock: DeskClock) -> SafeString:
    if clock.left is not None and clock.left >= 0:
        return kit_clock(clock.due, clock.left)
    words = _words(get_language())
    if clock.left is not None:
        late = duration_words(-clock.left)
        title = words.due % {"instant": instant_words(clock.due)[0]} if clock.due else ""
        drawn = (
            f'<span class="clock clock-bad" data-clock="overdue" title="{title}">{words.late_icon}'
            f'<span aria-hidden="true">−{late}</span><span class="sr-only">{words.late % {"time": late}}</span></span>'
        )
    elif clock.held is not None:
        drawn = _calm(words.held, words.held_icon, duration_words(clock.held))
    elif clock.answer_due is not None:
        until = words.until % {"day": day_words(clock.answer_due.astimezone(MOSCOW).date())}
        drawn = _calm(words.term, words.term_icon, until)
    else:
        drawn = '<span class="muted">—</span>'
    return mark_safe(drawn)  # noqa: S308 - figures and the catalogue's words


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


@register.simple_tag
def type_word(ticket_type: str) -> str:
    """A ticket type's word."""
    return str(vocabulary.TYPES[ticket_type].word)


@register.simple_tag
def type_icon(ticket_type: str) -> SafeString:
    """A ticket type's icon with its word for screen readers."""
    return _type_icon(str(ticket_type), get_language())


@cache
def _type_icon(ticket_type: str, language: str | None) -> SafeString:  # noqa: ARG001 - words differ by language
    look = vocabulary.TYPES[ticket_type]
    return icon_svg(look.icon, label=str(look.word))


@register.simple_tag
def critical_mark() -> SafeString:
    """The mark of a critical ticket, for narrow places: its word is its tooltip and what screen readers say."""
    return _critical_mark(get_language())


@cache
def _critical_mark(language: str | None) -> SafeString:  # noqa: ARG001 - words differ by language
    look = vocabulary.CRITICALITIES["critical"]
    return format_html(
        '<span class="tag tag-critical tag-small" title="{}">{}</span>',
        look.word,
        icon_svg(look.icon, label=str(look.word)),
    )


@register.simple_tag
def moment(at: datetime, now: datetime) -> SafeString:
    """An instant as short as a table needs: today's time, this year's date or a whole date; the rest is a tooltip."""
    zone = timezone.get_current_timezone()
    here, today = at.astimezone(zone), now.astimezone(zone).date()
    first, second = instant_words(at)
    if here.date() == today:
        words = f"{here:%H:%M}"
    else:
        words = (
            day_words(here.date()).removesuffix(f".{here.year}") if here.year == now.year else day_words(here.date())
        )
    title = f"{first} · {second}" if second else first
    stamp = at.astimezone(MOSCOW).isoformat()
    return mark_safe(f'<time datetime="{stamp}" title="{title}">{words}</time>')  # noqa: S308 - figures and our words
