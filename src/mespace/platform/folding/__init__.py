"""Template tags that keep what they say the same each time: fixed words, addresses and icons are drawn once a process.

A page holds a hundred of them, and finding each anew took longer than the page's own content. Only what is written out
in the template is kept, by the language it is said in; whatever depends on the context is drawn each time as before.
"""

from collections.abc import Callable, Iterable

from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, Variable
from django.template.library import SimpleNode

Compile = Callable[[Parser, Token], Node]


def is_fixed(value: FilterExpression) -> bool:
    """Whether a tag's argument is written out: "text" or 12, without filters and without `_()`."""
    return not value.filters and not isinstance(value.var, Variable)


class FixedNode(Node):
    """A tag that draws the same each time."""

    def __init__(self, drawn_once: Node) -> None:
        self.drawn_once = drawn_once
        self.text: str | None = None

    def render(self, context: Context) -> str:
        """The text, drawn at its first use: when a template is compiled, not everything may be ready yet."""
        if self.text is None:
            self.text = self.drawn_once.render(context)
        return self.text


def kept_when_fixed(compile_tag: Compile) -> Compile:
    """A simple tag that is drawn once where all that it is given is written out in the template."""

    def compile_kept(parser: Parser, token: Token) -> Node:
        node = compile_tag(parser, token)
        if not isinstance(node, SimpleNode) or node.target_var is not None or node.takes_context:
            return node
        given: Iterable[FilterExpression] = (*node.args, *node.kwargs.values())
        return FixedNode(node) if all(map(is_fixed, given)) else node

    return compile_kept
