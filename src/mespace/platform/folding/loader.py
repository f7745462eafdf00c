"""The template loader: what stands side by side in a template and is the same each time is joined to one piece.

Two thirds of a page's frame are fixed: markup, words, icons, addresses without arguments. Joined, they are drawn once
for each language, and a page takes a lookup where it took dozens of nodes. Nothing in a template shows it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.template import Context, Node, NodeList, Origin, Template
from django.template.base import TextNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode
from django.template.loaders import base, cached
from django.utils.translation import get_language

from mespace.platform.folding import FixedNode
from mespace.platform.folding.address import table_of_addresses
from mespace.platform.folding.i18n import WordsNode
from mespace.platform.folding.url import AddressNode


class RunNode(Node):
    """Neighbours that draw the same each time, kept by language, by escaping, and by what addresses are made of."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.has_addresses = any(isinstance(node, AddressNode) for node in self.nodes)
        self.texts: dict[tuple[object, ...], str] = {}

    def render(self, context: Context) -> str:
        """The text, drawn at its first use."""
        key: tuple[object, ...] = (get_language(), context.autoescape)
        if self.has_addresses:
            key += table_of_addresses()
        text = self.texts.get(key)
        if text is None:
            text = self.texts[key] = self.nodes.render(context)
        return text


def join_fixed(nodes: NodeList) -> None:
    """Join the fixed neighbours of a template, here and in whatever its tags enclose."""
    for node in nodes:
        for enclosed in _enclosed(node):
            join_fixed(enclosed)
    joined: list[Node] = []
    for fixed, neighbours in groupby(nodes, _is_fixed):
        run = list(neighbours)
        joined += [RunNode(run)] if fixed and len(run) > 1 else run
    nodes[:] = joined


def _is_fixed(node: Node) -> bool:
    if isinstance(node, WordsNode | AddressNode):
        return not node.asvar
    return isinstance(node, TextNode | FixedNode | CommentNode | LoadNode)


def _enclosed(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodelist for _condition, nodelist in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        nodelist = getattr(node, name, None)
        if isinstance(nodelist, NodeList):
            yield nodelist


class _Joining(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        join_fixed(template.nodelist)
        return template


class Loader(cached.Loader, _Joining):
    """Django's cached loader of the loaders that it is given; a template is joined once, when it is loaded."""
