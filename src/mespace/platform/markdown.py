"""The one way from people's Markdown to HTML that a browser may show, and to plain text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

RENDERER = 1  # goes up with every change of what `render` makes; stored beside the HTML

LONGEST = 200_000  # characters that are parsed; a longer text is shown as it was typed
LONGEST_LINKIFIED = 20_000  # characters of one paragraph in which bare addresses are looked for
MOST_STEPS = 150_000  # rule calls of one parse: a second or two; four times what ordinary texts of that length need
DEEPEST = 20  # levels of quotes, lists and brackets within each other

TAGS = frozenset(
    ("a blockquote br code del em h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul").split()  # noqa: SIM905 - words read best so
)
CLASSES = {
    "li": {"task"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "loading"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_ATTACHMENT = re.compile(r"attachment:([1-9]\d{0,17})\Z")
_KEY = re.compile(r"(?<![\w./-])([A-Z][A-Z0-9]{1,11})-([1-9]\d{0,8})(?![\w-])")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_NOT_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Looks like a ticket's key and is a standard, an encoding or a port.
NOT_PROJECTS = frozenset(
    (  # noqa: SIM905 - words read best so
        "AES BS CP COM COVID CVE DIN EAN EN HTTP IEC IEEE IP IPV ISA ISO KB KOI LPT MD MS RFC RJ RS SHA SQL TLS USB UTF"
    ).split()
)


class _TooManySteps(Exception):  # noqa: N818 - never leaves this module
    """The text is built to take long."""


def storable(source: str) -> str:
    """The text without what no page and no database takes."""
    return _NOT_IN_TEXT.sub("", source)


def _default_url(attachment: int) -> str:
    return f"/files/{attachment}/"


def render(source: str, *, attachment_url: Callable[[int], str] | None = None) -> str:
    """Safe HTML of a Markdown text: an allow-list of tags, no style, no script, no address but http(s), mailto and tel.

    Pictures are shown only from attachments (`![alt](attachment:12)`, by default from `/files/12/`); others are links.
    A text longer than 200 000 characters, or one built to take long, comes back as it was typed, escaped.
    """
    url = attachment_url or _default_url
    text = storable(source)
    tokens = parsed(text)
    if tokens is None:
        return as_typed(text)
    shown: set[str] = set()
    fill_in_attachments(tokens, url, shown)
    return cleaned(drawn(tokens), shown)


def fill_in_attachments(tokens: Iterable[Token], url: Callable[[int], str], shown: set[str]) -> None:
    """Give attachments their addresses; those of pictures are added to `shown`."""
    for token in tokens:
        if token.children is not None:
            token.children = _with_attachments(token.children, url, shown)


def drawn(tokens: list[Token]) -> str:
    """The HTML of tokens; still to be cleaned."""
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def cleaned(
    made: str,
    shown: Collection[str],
    *,
    tags: Collection[str] = TAGS,
    attributes: Mapping[str, set[str]] = ATTRIBUTES,
    classes: Mapping[str, set[str]] = CLASSES,
) -> str:
    """What of the HTML is on the allow-lists; pictures only from the addresses `shown`."""

    def only_ours(tag: str, attribute: str, value: str) -> str | None:
        return None if tag == "img" and attribute == "src" and value not in shown else value

    return nh3.clean(
        made,
        tags=set(tags),
        attributes=dict(attributes),
        allowed_classes=dict(classes),
        attribute_filter=only_ours,
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener noreferrer",
    )


def plain_text(source: str) -> str:
    """The text without its marks: for mails' plain part and for search. Addresses of links stay, in brackets."""
    text = storable(source)
    tokens = parsed(text)
    if tokens is None:
        return text
    return re.sub(r"\n{3,}", "\n\n", "".join(_words(tokens))).strip()


def parsed(text: str) -> list[Token] | None:
    """The tokens of a text; None when it is too long or takes too long."""
    if len(text) > LONGEST:
        return None
    try:
        return _MARKDOWN.parse(text, {"steps": 0})
    except (_TooManySteps, RecursionError):
        return None


def as_typed(text: str) -> str:
    """A text that is not parsed: escaped, with its lines and paragraphs."""
    paragraphs = re.split(r"\n{2,}", text.replace("\r\n", "\n").strip())
    return "\n".join(f"<p>{html.escape(part)}</p>".replace("\n", "<br>\n") for part in paragraphs if part)


def _count(state: StateInline | StateBlock) -> None:
    state.env["steps"] += 1
    if state.env["steps"] > MOST_STEPS:
        raise _TooManySteps


def _count_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001, ARG001 - the parser's signature
    _count(state)
    return False


def _count_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001, ARG001 - the parser's signature
    _count(state)
    return False


def _reshape(state: StateCore) -> None:
    """Headings go below the page's own, alignment becomes a class, boxes of task lists become signs."""
    previous = ["", ""]
    for index, token in enumerate(state.tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
        elif token.type in {"td_open", "th_open"} and token.attrs:
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            token.attrs = {"class": f"align-{side}"} if side else {}
        elif token.type == "inline" and previous == ["list_item_open", "paragraph_open"]:
            _box(state.tokens[index - 2], token)
        previous = [previous[1], token.type]


def _box(item: Token, inline: Token) -> None:
    first = inline.children[0] if inline.children else None
    mark = _TASK.match(first.content) if first is not None and first.type == "text" else None
    if first is None or mark is None:
        return
    item.attrSet("class", "task")
    first.content = ("☐ " if mark[1] == " " else "☑ ") + first.content[mark.end() :]


def _link_addresses(state: StateCore) -> None:
    """Bare addresses become links, paragraph by paragraph; not in one too long to search in."""
    from markdown_it.rules_core.linkify import linkify

    everything = state.tokens
    state.tokens = [token for token in everything if len(token.content) <= LONGEST_LINKIFIED]
    try:
        linkify(state)
    finally:
        state.tokens = everything


def _link_keys(state: StateCore) -> None:
    """Ticket keys in running text become links."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_keys(token.children))


def _with_keys(tokens: Iterable[Token]) -> Iterable[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text" or depth:
            yield token
            continue
        start = 0
        for match in _KEY.finditer(token.content):
            if match[1] in NOT_PROJECTS:
                continue
            yield _text(token.content[start : match.start()])
            yield from _link(f"/t/{match[0]}/", match[0])
            start = match.end()
        yield _text(token.content[start:]) if start else token


def _with_attachments(tokens: Iterable[Token], url: Callable[[int], str], shown: set[str]) -> list[Token]:
    """The tokens with attachments' addresses filled in and other pictures turned into links."""
    made: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "link_open":
            depth += 1
            own = _ATTACHMENT.match(str(token.attrs.get("href", "")))
            if own:
                token.attrs["href"] = url(int(own[1]))
        elif token.type == "link_close":
            depth -= 1
        if token.type != "image":
            made.append(token)
            continue
        address = str(token.attrs.get("src", ""))
        own = _ATTACHMENT.match(address)
        if own:
            token.attrs = {"src": url(int(own[1])), "alt": "", "loading": "lazy"}
            shown.add(str(token.attrs["src"]))
            made.append(token)
        elif depth:
            made.append(_text(token.content or address))
        else:
            made.extend(_link(address, token.content or address))
    return made


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str, content: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), _text(content), Token("link_close", "a", -1)]


def _words(tokens: Iterable[Token]) -> Iterable[str]:  # noqa: C901, PLR0912 - one branch a kind of token
    address = ""
    since: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "inline":
            yield from _words(token.children or [])
        elif kind in {"text", "code_inline", "text_special"}:
            since.append(token.content)
            yield token.content
        elif kind in {"fence", "code_block"}:
            yield f"{token.content}\n"
        elif kind in {"softbreak", "hardbreak"}:
            yield "\n"
        elif kind == "image":
            yield token.content
        elif kind == "link_open":
            address, since = str(token.attrs.get("href", "")), []
        elif kind == "link_close":
            label = "".join(since)
            bare = re.sub(r"\A(?:https?://|mailto:|tel:)", "", address).rstrip("/")
            hidden = address.startswith(("/t/", "attachment:")) or not bare or bare in label
            yield "" if hidden else f" ({address})"
        elif kind == "list_item_open":
            yield f"{token.info}. " if token.info else "- "
        elif kind in {"td_close", "th_close"}:
            yield "\t"
        elif kind == "hr":
            yield "—\n\n"
        elif kind in {"paragraph_close", "heading_close", "tr_close"}:
            yield "\n" if token.hidden or kind == "tr_close" else "\n\n"
        elif kind in {"bullet_list_close", "ordered_list_close", "table_close"}:
            yield "\n"


def _build() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST})
    made.enable(["table", "strikethrough"])
    if made.linkify is not None:  # “main.py” is a file, not a site in Paraguay: only whole addresses become links
        made.linkify.set({"fuzzy_link": False, "fuzzy_email": True})
    made.block.ruler.before("table", "steps", _count_block)
    made.inline.ruler.before("text", "steps", _count_inline)
    made.core.ruler.push("addresses", _link_addresses)
    made.core.ruler.push("reshape", _reshape)
    made.core.ruler.push("keys", _link_keys)
    return made


_MARKDOWN = _build()
