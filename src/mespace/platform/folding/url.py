"""Django's `{% url %}`: an address without arguments is looked up once, one with them is filled in."""

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from mespace.platform.folding import is_fixed
from mespace.platform.folding.address import address, table_of_addresses

register = Library()


class AddressNode(Node):
    """The address of a named page without arguments, kept by what it depends on."""

    def __init__(self, node: URLNode) -> None:
        self.node, self.asvar = node, node.asvar
        self.found: dict[tuple[object, ...], str] = {}

    def render(self, context: Context) -> str:
        """The address; nothing where it goes into a variable."""
        key = table_of_addresses()
        found = self.found.get(key)
        if found is None:
            found = self.node.render(context)
            if self.asvar:
                found = context[self.asvar]
            self.found[key] = found
        if self.asvar:
            context[self.asvar] = found
            return ""
        return found


class FilledAddressNode(Node):
    """The address of a named page with positional arguments."""

    def __init__(self, node: URLNode) -> None:
        self.name, self.given, self.asvar = str(node.view_name.resolve(Context())), node.args, node.asvar

    def render(self, context: Context) -> str:
        """The address; nothing where it goes into a variable, and "" in it where there is no such page."""
        try:
            found = address(self.name, *(each.resolve(context) for each in self.given))
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar is None:
            return conditional_escape(found) if context.autoescape else found
        context[self.asvar] = found
        return ""


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's tag, kept where the page's name is all that it is given."""
    node = django_url(parser, token)
    if not is_fixed(node.view_name) or node.kwargs:
        return node
    return FilledAddressNode(node) if node.args else AddressNode(node)
