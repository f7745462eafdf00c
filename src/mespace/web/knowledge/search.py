"""One field that finds articles, known errors and requests."""

from django.http import HttpResponse
from django.shortcuts import render

from mespace.knowledge.visibility import reads_drafts
from mespace.platform.fragments import Marker
from mespace.tickets.queries.find import find_everywhere
from mespace.web.acts.by_key import redirect_to_key
from mespace.web.knowledge.door import reading
from mespace.web.knowledge.found_html import found_articles, found_errors, found_tickets
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
            "articles": found_articles(everywhere.articles.hits, reads_drafts=reads_drafts(request.actor)),
            "errors": found_errors(everywhere.known_errors, marker),
            "tickets": found_tickets(everywhere.tickets, marker),
        }
    return render(request, "web/knowledge/search.html", context)
