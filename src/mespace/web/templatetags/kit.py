"""The kit's tags: small pieces that stand in rows and running text, drawn without sub-templates to be fast."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django import template
from django.forms.boundfield import BoundField
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mespace.platform.folding import kept_when_fixed
from mespace.web import vocabulary
from mespace.web.durations import duration_iso, duration_words
from mespace.web.field_html import Words, error_html, field_html, hint_html, kind_of
from mespace.web.icons import icon_svg
from mespace.web.instants import MOSCOW, Reader, day_words, instant_words, reader
from mespace.web.prose import prose
from mespace.web.split_bar import Part, split_parts

register = template.Library()

LIMIT_OF_COUNT = 99
SOON_SECONDS = 3600


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite. Without `label` it is decoration and screen readers pass it by."""
    return icon_svg(name, label=label, css=css)


register.tags["icon"] = kept_when_fixed(register.tags["icon"])


_LOOKS: dict[str, Mapping[str, vocabulary.Look]] = {
    "status": vocabulary.STATUSES,
    "criticality": vocabulary.CRITICALITIES,
    "type": vocabulary.TYPES,
    "party": vocabulary.PARTIES,
}


def _badge(kind: str, code: str) -> SafeString:
    return badge_in(get_language(), kind, str(code))


@cache
def badge_in(language: str | None, kind: str, code: str) -> SafeString:  # noqa: ARG001 - words differ by language
    """A badge in a language: a few dozen in all, drawn once each, as lists hold one in every row."""
    look = _LOOKS[kind][code]
    return format_html(
        '<span class="tag tag-{}" data-{}="{}">{}<span>{}</span></span>',
        look.tone,
        kind,
        code,
        icon_svg(look.icon),
        look.word,
    )


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """A ticket's status as icon, word and colour."""
    return _badge("status", status)


@register.simple_tag
def criticality_badge(criticality: str) -> SafeString:
    """A ticket's criticality as icon, word and colour."""
    return _badge("criticality", criticality)


@register.simple_tag
def type_badge(ticket_type: str) -> SafeString:
    """A ticket's type as icon and word."""
    return _badge("type", ticket_type)


@register.simple_tag
def resolution_word(resolution: str) -> str:
    """A closed ticket's resolution in a word or three."""
    return str(vocabulary.RESOLUTIONS[resolution])


@register.simple_tag
def party_badge(party: str) -> SafeString:
    """Whose move it is: vendor, customer, third_party, outside or nobody."""
    return _badge("party", party)


@register.simple_tag
def instant(at: datetime | None, style: str = "full") -> SafeString:
    """An instant in the reader's zone and, where it differs, in Moscow's.

    `style`: full; time (no date); exact (with seconds); short (for tables: the reader's zone only,
    the full form as a tooltip).
    """
    if at is None:
        return mark_safe('<span class="muted">—</span>')
    stamp = at.astimezone(MOSCOW).isoformat(timespec="seconds")
    first, second = instant_words(at, with_date=style != "time", seconds=style == "exact")
    title, more = "", ""
    if style == "short":
        title = f' title="{first} · {second}"' if second else f' title="{first}"'
    elif second:
        more = f' <span class="instant-moscow">· {second}</span>'
    drawn = f'<time class="instant" datetime="{stamp}"{title}>{first}{more}</time>'
    return mark_safe(drawn)  # noqa: S308 - figures and the catalogue's words


@register.simple_tag
def day(on: date | None) -> SafeString:
    """A calendar date (Moscow's, for terms and contracts)."""
    if on is None:
        return mark_safe('<span class="muted">—</span>')
    return format_html('<time class="instant" datetime="{}">{}</time>', on.isoformat(), day_words(on))


@register.simple_tag
def duration(seconds: int | None, exact: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a template's parameter
    """Working time in hours and minutes; `exact` adds seconds."""
    if seconds is None:
        return mark_safe('<span class="muted">—</span>')
    words = duration_words(seconds, exact=exact)
    return format_html('<time class="duration" datetime="{}">{}</time>', duration_iso(seconds), words)


@register.simple_tag
def provisional_mark() -> SafeString:
    """Said beside a deadline in a year whose production calendar is not adopted yet (E1)."""
    return format_html(
        ' <span class="muted provisional" title="{}">{}{}</span>',
        _("The production calendar of that year is not adopted yet: the deadline may move."),
        icon_svg("hourglass"),
        pgettext("deadline", "provisional"),
    )


@register.simple_tag
def clock(due: datetime | None, left: int | None = None, state: str = "running") -> SafeString:
    """A deadline's state in working time.

    `due`: the instant; `left`: working seconds to it (negative when past); `state`: running, kept, broken, paused
    or withdrawn.
    A running clock shows “soon” under an hour and “overdue” past the deadline by itself.
    """
    return mark_safe(clock_html(due, left, state, reader()))  # noqa: S308 - figures and the catalogue's words


def clock_html(due: datetime | None, left: int | None, state: str, to: Reader) -> str:
    """The same for one of many rows."""
    if state == "running" and left is not None:
        state = "overdue" if left < 0 else "soon" if left < SOON_SECONDS else "running"
    look = _clock_look(state, to.language)
    words = spoken = look.word
    if state in {"running", "soon", "overdue"}:
        amount = duration_words(abs(left or 0))
        words, spoken = f"{look.word} {amount}" if state == "overdue" else amount, f"{look.word} {amount}"
    if due is None:
        return f'<span class="clock clock-{look.tone}" data-clock="{state}">{look.icon}{words}</span>'
    first, second = to.instant(due)
    title = look.due % {"instant": f"{first} · {second}" if second else first}
    stamp = due.astimezone(MOSCOW).isoformat(timespec="seconds")
    return (
        f'<time class="clock clock-{look.tone}" data-clock="{state}" datetime="{stamp}" title="{title}">{look.icon}'
        f'<span class="sr-only">{title}. </span><span aria-hidden="true">{words}</span>'
        f'<span class="sr-only">{spoken}</span></time>'
    )


class _ClockLook(NamedTuple):
    """A clock's looks and words in one language, escaped."""

    word: str
    icon: SafeString
    tone: str
    due: str


@cache
def _clock_look(state: str, language: str | None) -> _ClockLook:  # noqa: ARG001 - words differ by language
    """A queue holds a clock in every row."""
    look = vocabulary.CLOCKS[state]
    due = pgettext("clock", "Due %(instant)s")
    return _ClockLook(escape(str(look.word)), icon_svg(look.icon), look.tone, escape(due))


@register.simple_tag
def person(name: str, kind: str = "", note: str = "") -> SafeString:
    """A person as initials and name. `kind`: staff, customer, contractor or timer; `note`: a job title or the like."""
    if kind == "timer":
        return format_html(
            '<span class="person person-timer">{}<span>{}</span></span>', icon_svg("robot"), name or _("By itself")
        )
    initials = "".join(word[0] for word in name.split()[:2]).upper() or "?"
    more = f' <span class="muted">{escape(note)}</span>' if note else ""
    drawn = (
        f'<span class="person person-{kind or "plain"}"><span class="initials" aria-hidden="true">{escape(initials)}'
        f"</span><span>{escape(name)}</span>{more}</span>"
    )
    return mark_safe(drawn)  # noqa: S308 - every part is escaped


@register.simple_tag
def key_link(key: str, url: str = "") -> SafeString:
    """A ticket's key as a link, in figures that line up."""
    if not url:
        return format_html('<span class="key">{}</span>', key)
    return format_html('<a class="key" href="{}">{}</a>', url, key)


@register.simple_tag
def count(number: int | None, label: str = "") -> SafeString:
    """A counter: nothing for zero, “99+” past the limit. `label` says to screen readers what is counted."""
    if not number:
        return SafeString()
    shown = f"{LIMIT_OF_COUNT}+" if number > LIMIT_OF_COUNT else str(number)
    spoken = format_html('<span class="sr-only"> {}</span>', label) if label else ""
    return format_html('<span class="count">{}{}</span>', shown, spoken)


@register.simple_tag
def nav_list(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """A list of places: `url`, `label`, `icon`, `hotkey`, `count`, `current`, and `group`, a heading before it."""
    return mark_safe(f'<ul class="nav-list">{"".join(map(_nav_item, items or ()))}</ul>')  # noqa: S308 - every part is escaped


def _nav_item(item: Mapping[str, Any]) -> str:
    group = f'<li class="nav-group">{escape(item["group"])}</li>' if item.get("group") else ""
    current = ' aria-current="page"' if item.get("current") else ""
    hotkey = f' data-hotkey="{escape(item["hotkey"])}"' if item.get("hotkey") else ""
    drawn = icon_svg(item["icon"]) if item.get("icon") else ""
    counted = count(item["count"]) if item.get("count") else ""
    return (
        f'{group}\n<li><a href="{escape(item["url"])}"{current}{hotkey}>{drawn}'
        f'<span class="nav-word">{escape(item["label"])}</span>{counted}</a></li>'
    )


@register.simple_tag
def menu_items(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """The places of a small menu: `url`, `label`, and perhaps `icon`."""
    return mark_safe("".join(map(_menu_item, items or ())))  # noqa: S308 - every part is escaped


def _menu_item(item: Mapping[str, Any]) -> str:
    drawn = icon_svg(item["icon"]) if item.get("icon") else ""
    return f'<a class="menu-item" href="{escape(item["url"])}">{drawn}{escape(item["label"])}</a>'


@register.simple_tag
def file_icon(content_type: str) -> SafeString:
    """The icon of a file by its content type."""
    for start, name in vocabulary.FILE_ICONS:
        if content_type.startswith(start):
            return icon_svg(name)
    return icon_svg("file-unknown")


register.filter("field_kind", kind_of)
register.filter("markdown", prose)


@register.simple_tag
def form_field(field: BoundField, label: Words = "", max_bytes: int | None = None) -> SafeString:
    """A form's field with its label, hint and error. `label` replaces its own; `max_bytes` is what a file may hold."""
    return field_html(field, label=label, max_bytes=max_bytes or None)


@register.simple_tag
def field_hint(field: BoundField) -> SafeString:
    """A field's hint, for a layout of one's own."""
    return mark_safe(hint_html(field))  # noqa: S308 - words of ours


@register.simple_tag
def field_error(field: BoundField) -> SafeString:
    """What is wrong with a field, for a layout of one's own."""
    return mark_safe(error_html(field))  # noqa: S308 - escaped where it is drawn


@register.simple_tag
def split_bar(parts: Iterable[tuple[str, int]], label: str = "") -> SafeString:
    """Whose ball it was: a bar of (party, seconds) pairs, with the same in words beneath. Zero parts are left out."""
    drawn: Sequence[Part] = split_parts(parts)
    if not drawn:
        return SafeString()
    title = label or _("Where the time went")
    spoken = escape(f"{title}: {'; '.join(f'{part.word}: {part.words}' for part in drawn)}")
    bar = "".join(
        f'<rect class="fill-{part.tone}" x="{part.x}" y="0" width="{part.width}" height="10"/>' for part in drawn
    )
    legend = "".join(
        f'<li><svg class="dot" viewBox="0 0 8 8" aria-hidden="true"><rect class="fill-{part.tone}" width="8" height="8"'
        f' rx="2"/></svg>{escape(part.word)} <strong>{escape(part.words)}</strong> <span class="muted">{part.percent} %'
        "</span></li>"
        for part in drawn
    )
    return mark_safe(  # noqa: S308 - figures and the catalogue's words, escaped
        '<figure class="split"><svg class="split-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img"'
        f' aria-label="{spoken}">{bar}</svg><figcaption><ul class="split-legend">{legend}</ul></figcaption></figure>'
    )
