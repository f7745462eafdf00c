"""Django's `{% url %}`; the address of a page without arguments is looked up once."""

from django.conf import settings
from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import get_script_prefix, get_urlconf

from mespace.platform.folding import is_fixed

register = Library()


class AddressNode(Node):
    """The address of a named page, by what addresses are made of: the table of addresses and their prefix."""

    def __init__(self, node: URLNode) -> None:
        self.node, self.asvar = node, node.asvar
        self.found: dict[tuple[object, ...], str] = {}

    def render(self, context: Context) -> str:
        """The address; nothing where it goes into a variable."""
        key = (settings.ROOT_URLCONF, get_urlconf(), get_script_prefix())
        address = self.found.get(key)
        if address is None:
            address = self.node.render(context)
            if self.asvar:
                address = context[self.asvar]
            self.found[key] = address
        if self.asvar:
            context[self.asvar] = address
            return ""
        return address


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's tag, kept where the page's name is all that it is given."""
    node = django_url(parser, token)
    return AddressNode(node) if is_fixed(node.view_name) and not node.args and not node.kwargs else node
