"""What a search found, a row by one function: as template tags, twenty rows took as long as finding them.

Every text that people wrote goes through `escape`; what other functions of the kit drew is safe already.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mespace.knowledge.lifecycle import State
from mespace.knowledge.queries.find import FoundArticle
from mespace.platform.folding.address import address
from mespace.platform.fragments import Bit, Marker
from mespace.products.models import KnownError
from mespace.tickets.models import Ticket
from mespace.web.icons import icon_svg
from mespace.web.knowledge.words import KINDS, STATES
from mespace.web.templatetags.kit import badge_in
from mespace.web.vocabulary import Look


def found_articles(hits: Iterable[FoundArticle], *, reads_drafts: bool) -> SafeString:
    """Articles with a fragment of each; those who read drafts see how far a text has come."""
    language = get_language()
    return _rows(_article(hit, language, reads_drafts=reads_drafts) for hit in hits)


def found_errors(errors: Iterable[KnownError], marker: Marker) -> SafeString:
    """Known errors by code and title."""
    return _rows(
        '<li class="kb-row">'
        + _link(address("known_error", error.pk), f"{_key(error.code)} {bits_html(marker.marked(error.title))}")
        + "</li>"
        for error in errors
    )


def found_tickets(tickets: Iterable[Ticket], marker: Marker) -> SafeString:
    """Requests by key and subject, with their status."""
    language = get_language()
    return _rows(
        '<li class="kb-row">'
        + _link(address("ticket", ticket.key), f"{_key(ticket.key)} {bits_html(marker.marked(ticket.subject))}")
        + f'<p class="kb-row-meta">{badge_in(language, "status", ticket.status)}</p></li>'
        for ticket in tickets
    )


def bits_html(bits: Sequence[Bit]) -> SafeString:
    """Bits of text, escaped, with what was searched for marked."""
    parts = [f"<mark>{escape(bit.text)}</mark>" if bit.is_hit else escape(bit.text) for bit in bits]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped


def _article(hit: FoundArticle, language: str | None, *, reads_drafts: bool) -> str:
    article = hit.row.article
    state = ""
    if article.is_outdated:
        state = _tag(language, "state", State.OUTDATED)
    elif reads_drafts and article.state != State.PUBLISHED:
        state = _tag(language, "state", article.state)
    return (
        f'<li class="kb-row{" kb-old" if article.is_outdated else ""}">'
        f"{_link(address('kb:article', article.pk), bits_html(hit.title))}"
        f'<p class="kb-row-lead">{bits_html(hit.fragment)}</p>'
        f'<p class="kb-row-meta">{_tag(language, "kind", article.kind)}{state}'
        f"<span>{escape(article.section.space.name)}</span></p></li>"
    )


def _link(url: str, shown: str) -> str:
    return f'<a class="kb-row-title" href="{escape(url)}">{shown}</a>'


def _key(code: str) -> str:
    return f'<span class="key">{escape(code)}</span>'


def _rows(rows: Iterable[str]) -> SafeString:
    return mark_safe("".join(rows))  # noqa: S308 - see above


@cache
def _tag(language: str | None, what: str, code: str) -> SafeString:  # noqa: ARG001 - words differ by language
    return tag_html((KINDS if what == "kind" else STATES)[code], code)


def tag_html(look: Look, code: str) -> SafeString:
    """An icon and a word, and in a colour what it is."""
    return format_html(
        '<span class="tag tag-{}" data-code="{}">{}<span>{}</span></span>',
        look.tone,
        code,
        icon_svg(look.icon),
        look.word,
    )
