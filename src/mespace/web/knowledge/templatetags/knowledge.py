"""Small pieces of the knowledge base's pages."""

from django import template
from django.utils.safestring import SafeString

from mespace.web.knowledge.found_html import tag_html
from mespace.web.knowledge.words import AUDIENCES, KINDS, STATES

register = template.Library()


@register.simple_tag
def kind_tag(kind: str) -> SafeString:
    """An article's kind as icon and word."""
    return tag_html(KINDS[kind], kind)


@register.simple_tag
def article_state(state: str) -> SafeString:
    """How far the newest text has come, as icon, word and colour."""
    return tag_html(STATES[state], state)


@register.simple_tag
def audience_tag(audience: str) -> SafeString:
    """Who reads an article, as icon and word."""
    return tag_html(AUDIENCES[audience], audience)
