"""A long Markdown text as a page: headings with addresses and a table of contents, callouts, tables that scroll.

The same parser, allow-list and cleaner as for messages (`platform/markdown.py`), with a few more things on the list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext, pgettext_lazy
from markdown_it.token import Token

from mespace.platform.markdown import (
    ATTRIBUTES,
    CLASSES,
    TAGS,
    as_typed,
    cleaned,
    drawn,
    fill_in_attachments,
    parsed,
    plain_text,
    storable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.utils.functional import Promise

PAGE_RENDERER = 1  # goes up with every change of what `render_page` makes

HIGHEST, DEEPEST = 2, 6  # levels of headings: the page's own title is h1
IN_CONTENTS = 3  # levels deeper than this are left out of the table of contents

CALLOUTS: dict[str, str | Promise] = {
    "note": pgettext_lazy("callout", "Note"),
    "tip": pgettext_lazy("callout", "Tip"),
    "important": pgettext_lazy("callout", "Important"),
    "warning": pgettext_lazy("callout", "Attention"),
    "caution": pgettext_lazy("callout", "Danger"),
}
_CALLOUT = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*\n?", re.IGNORECASE)
_CALLOUT_MARK = re.compile(rf"^((?:[ \t]*>)+[ \t]*)\[!(?:{'|'.join(CALLOUTS)})\]", re.IGNORECASE | re.MULTILINE)
_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
_LATIN = {
    ord(letter): latin.strip("_")
    for letter, latin in zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),  # noqa: SIM905 - a row
        strict=True,
    )
}

_PAGE_TAGS = TAGS | {"div", "h2"}
_PAGE_CLASSES = CLASSES | {
    "div": {"callout", "table-scroll", *(f"callout-{name}" for name in CALLOUTS)},
    "p": {"callout-title"},
    "a": {"anchor"},
}
_PAGE_ATTRIBUTES = (
    ATTRIBUTES
    | {f"h{level}": {"id"} for level in range(HIGHEST, DEEPEST + 1)}
    | {"div": {"role", "tabindex", "aria-label"}, "pre": {"tabindex"}, "a": ATTRIBUTES["a"] | {"aria-label"}}
)


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class RenderedPage:
    """Safe HTML, and the headings in it down to the third level."""

    html: str
    contents: tuple[Heading, ...] = ()


def render_page(source: str, *, attachment_url: Callable[[int], str], prefix: str = "s") -> RenderedPage:
    """Safe HTML of a long text; addresses of its headings begin with `prefix`, so that they meet none of the page's.

    A quote that begins with `[!NOTE]` (tip, important, warning, caution) is a callout.
    """
    text = storable(source)
    tokens = parsed(text)
    if tokens is None:
        return RenderedPage(as_typed(text))
    shown: set[str] = set()
    fill_in_attachments(tokens, attachment_url, shown)
    contents = _address_headings(tokens, prefix)
    made = drawn(list(_framed(_with_callouts(tokens))))
    html = cleaned(made, shown, tags=_PAGE_TAGS, attributes=_PAGE_ATTRIBUTES, classes=_PAGE_CLASSES)
    return RenderedPage(html, tuple(one for one in contents if one.level <= IN_CONTENTS))


def _address_headings(tokens: list[Token], prefix: str) -> list[Heading]:
    """Move the headings up to the second level, and give each an address and a link to itself."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    up = min(levels, default=HIGHEST) - HIGHEST
    found: list[Heading] = []
    used: set[str] = set()
    for index, token in enumerate(tokens):
        if token.type == "heading_close":
            token.tag = f"h{int(token.tag[1]) - up}"
        if token.type != "heading_open":
            continue
        level = int(token.tag[1]) - up
        inline = tokens[index + 1]
        text = "".join(
            child.content for child in inline.children or [] if child.type in {"text", "code_inline"}
        ).strip()
        anchor = _free(f"{prefix}-{slug(text)}".rstrip("-"), used)
        token.tag = f"h{level}"
        token.attrs = {"id": anchor}
        label = pgettext("of a heading", "Link to this place")
        sign = [
            Token("link_open", "a", 1, attrs={"class": "anchor", "href": f"#{anchor}", "aria-label": label}),
            Token("text", "", 0, content="#"),
            Token("link_close", "a", -1),
        ]
        inline.children = [*(inline.children or []), *sign]
        found.append(Heading(level, anchor, text))
    return found


def slug(text: str) -> str:
    """A heading as the end of an address: Latin letters, digits, hyphens; "" when nothing of it can be written so."""
    return _NOT_IN_ADDRESS.sub("-", text.lower().translate(_LATIN)).strip("-")[:60].rstrip("-")


def _free(wanted: str, used: set[str]) -> str:
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    return name


def plain_page(source: str) -> str:
    """The page's text without its marks, those of callouts too: for search."""
    return plain_text(_CALLOUT_MARK.sub(r"\1", source))


def _with_callouts(tokens: list[Token]) -> list[Token]:
    """The tokens with quotes that begin with a callout's mark turned into framed notes."""
    made: list[Token] = []
    kinds: list[str] = []  # of the quotes that are open: the callout's name, or nothing
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            kinds.append(_callout_of(tokens, index))
            made.extend(_opened(kinds[-1]) if kinds[-1] else [token])
        elif token.type == "blockquote_close":
            made.append(Token("callout_close", "div", -1, block=True) if kinds.pop() else token)
        else:
            made.append(token)
    return made


def _callout_of(tokens: list[Token], quote: int) -> str:
    """The name of the callout that a quote is, its mark taken away; or nothing."""
    inline = tokens[quote + 2] if len(tokens) > quote + 2 else None
    if inline is None or inline.type != "inline" or not inline.children:
        return ""
    first = inline.children[0]
    match = _CALLOUT.match(first.content) if first.type == "text" else None
    if match is None:
        return ""
    first.content = first.content[match.end() :]
    rest = inline.children[1:]
    if not first.content and rest and rest[0].type in {"softbreak", "hardbreak"}:
        rest = rest[1:]
    inline.children = [first, *rest]
    return match[1].lower()


def _opened(name: str) -> list[Token]:
    words = Token("inline", "", 0, block=True, children=[Token("text", "", 0, content=str(CALLOUTS[name]))])
    return [
        Token("callout_open", "div", 1, attrs={"class": f"callout callout-{name}", "role": "note"}, block=True),
        Token("paragraph_open", "p", 1, attrs={"class": "callout-title"}, block=True),
        words,
        Token("paragraph_close", "p", -1, block=True),
    ]


def _framed(tokens: list[Token]) -> Iterator[Token]:
    """Wide things stand in frames of their own that the keyboard can scroll."""
    label = pgettext("of a page", "Table")
    for token in tokens:
        if token.type == "table_open":
            frame = {"class": "table-scroll", "role": "region", "tabindex": "0", "aria-label": label}
            yield Token("frame_open", "div", 1, attrs=dict(frame), block=True)
        if token.type in {"fence", "code_block"}:
            # The renderer would put a fence's attributes on its inner <code>.
            token = Token("html_block", "", 0, block=True, content=_code(token.content))  # noqa: PLW2901 - replaced on purpose
        yield token
        if token.type == "table_close":
            yield Token("frame_close", "div", -1, block=True)


def _code(content: str) -> str:
    from html import escape

    return f'<pre tabindex="0"><code>{escape(content)}</code></pre>\n'
