"""Django's `static` tags; a file that is named in the template is looked up in the manifest once."""

from django.template import Library, Node
from django.template.base import Parser, Token
from django.templatetags import static as django_static

from mespace.platform.folding import FixedNode, is_fixed

register = Library()
register.tags.update(django_static.register.tags)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's tag, kept where the file's name is written out."""
    node = django_static.do_static(parser, token)
    return FixedNode(node) if is_fixed(node.path) and not node.varname else node
