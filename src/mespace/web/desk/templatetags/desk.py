"""The desk's own small tags, for rows."""

from datetime import datetime
from functools import cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
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
    if clock.left is not None and clock.left < 0:
        late = duration_words(-clock.left)
        return format_html(
            '<span class="clock clock-bad" data-clock="overdue" title="{}">{}<span aria-hidden="true">−{}</span>'
            '<span class="sr-only">{}</span></span>',
            pgettext("clock", "Due %(instant)s") % {"instant": instant_words(clock.due)[0]} if clock.due else "",
            icon_svg("alert-triangle"),
            late,
            _("overdue by %(time)s") % {"time": late},
        )
    if clock.left is not None:
        return kit_clock(clock.due, clock.left)
    if clock.held is not None:
        return format_html(
            '<span class="clock clock-calm" title="{}">{}<span class="muted">{}</span></span>',
            _("Working time for which it has been support's move"),
            icon_svg("tool"),
            duration_words(clock.held),
        )
    if clock.answer_due is not None:
        until = _("until %(day)s") % {"day": day_words(clock.answer_due.astimezone(MOSCOW).date())}
        title = _("The customer's term ends then (clause 5.5)")
        return format_html(
            '<span class="clock clock-calm" title="{}">{}<span class="muted">{}</span></span>',
            title,
            icon_svg("clock-pause"),
            until,
        )
    return mark_safe('<span class="muted">—</span>')


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
    here = timezone.localtime(at)
    first, second = instant_words(at)
    if here.date() == timezone.localtime(now).date():
        words = f"{here:%H:%M}"
    else:
        words = (
            day_words(here.date()).removesuffix(f".{here.year}") if here.year == now.year else day_words(here.date())
        )
    title = f"{first} · {second}" if second else first
    return format_html('<time datetime="{}" title="{}">{}</time>', at.astimezone(MOSCOW).isoformat(), title, words)
