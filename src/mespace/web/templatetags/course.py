"""The tag of a ticket's course."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from mespace.web.timeline import CourseEntry, entry_html

register = template.Library()


@register.simple_tag
def timeline_entry(entry: CourseEntry) -> SafeString:
    """One entry, for an `<ol class="timeline">`."""
    return entry_html(entry)


@register.simple_tag
def timeline_entries(entries: Iterable[CourseEntry]) -> SafeString:
    """Many of them."""
    return mark_safe("".join(map(entry_html, entries)))  # noqa: S308 - safe each
