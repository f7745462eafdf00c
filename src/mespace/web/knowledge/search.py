"""One field that finds articles, known errors and requests."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mespace.knowledge.queries.find import FoundArticle
from mespace.platform.fragments import Bit, Marker
from mespace.tickets.queries.find import find_everywhere
from mespace.web.acts.by_key import redirect_to_key
from mespace.web.knowledge.door import reading
from mespace.web.knowledge.reading import rights
from mespace.web.middleware import ActorRequest

LONGEST = 200


@reading()
def search(request: ActorRequest) -> HttpResponse:
    """What was found, each kind apart; a key of a request that the person sees leads straight to it."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    if text and request.actor.is_person and (found := redirect_to_key(request.actor, text)) is not None:
        return found
    context: dict[str, object] = {"text": text, **rights(request)}
    if text:
        everywhere = find_everywhere(actor=request.actor, text=text)
        marker = Marker(everywhere.articles.meant or text)
        context |= {
            "found": everywhere,
            "meant": everywhere.articles.meant,
            "articles": [drawn(hit) for hit in everywhere.articles.hits],
            "errors": [(error, bits_html(marker.marked(error.title))) for error in everywhere.known_errors],
            "tickets": [(ticket, bits_html(marker.marked(ticket.subject))) for ticket in everywhere.tickets],
        }
    return render(request, "web/knowledge/search.html", context)


def drawn(hit: FoundArticle) -> dict[str, object]:
    """A hit ready to be shown."""
    return {"row": hit.row, "title": bits_html(hit.title), "fragment": bits_html(hit.fragment)}


def bits_html(bits: list[Bit]) -> SafeString:
    """Bits of text, escaped, with what was searched for marked."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", bit.text) if bit.is_hit else bit.text,) for bit in bits)
    )
