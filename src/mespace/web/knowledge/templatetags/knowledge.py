"""Small pieces of the knowledge base's pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mespace.web.icons import icon_svg
from mespace.web.knowledge.words import AUDIENCES, KINDS, STATES
from mespace.web.vocabulary import Look

register = template.Library()


def _tag(look: Look, code: str) -> SafeString:
    return format_html(
        '<span class="tag tag-{}" data-code="{}">{}<span>{}</span></span>',
        look.tone,
        code,
        icon_svg(look.icon),
        look.word,
    )


@register.simple_tag
def kind_tag(kind: str) -> SafeString:
    """An article's kind as icon and word."""
    return _tag(KINDS[kind], kind)


@register.simple_tag
def article_state(state: str) -> SafeString:
    """How far the newest text has come, as icon, word and colour."""
    return _tag(STATES[state], state)


@register.simple_tag
def audience_tag(audience: str) -> SafeString:
    """Who reads an article, as icon and word."""
    return _tag(AUDIENCES[audience], audience)
