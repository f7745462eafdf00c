"""Django's `i18n` tags; `{% translate "words" %}` looks its words up once for each language."""

from typing import Any

from django.template import Context, Library, Node
from django.template.base import Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

from mespace.platform.folding import is_fixed

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class WordsNode(Node):
    """Fixed words, by language and by whether the template escapes."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node, self.asvar = node, node.asvar
        self.words: dict[tuple[str | None, bool], Any] = {}

    def render(self, context: Context) -> str:
        """The words; nothing where they go into a variable."""
        key = (get_language(), context.autoescape)
        words = self.words.get(key)
        if words is None:
            words = self.node.render(context)
            if self.asvar:
                words = context[self.asvar]
            self.words[key] = words
        if self.asvar:
            context[self.asvar] = words
            return ""
        return str(words)


def translate(parser: Parser, token: Token) -> Node:
    """Django's tag, kept where nothing in it comes from the context."""
    node = i18n.do_translate(parser, token)
    words, about = node.filter_expression, node.message_context
    written_out = isinstance(words.var, Variable) and words.var.literal is not None and not words.filters
    return WordsNode(node) if written_out and (about is None or is_fixed(about)) else node


register.tag("translate", translate)
register.tag("trans", translate)
