"""Who else has the ticket open, and what happened on it meanwhile: polled by an open page."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.tickets.operations.desk import be_present
from mespace.tickets.queries.desk_ticket import news_since
from mespace.tickets.queries.ticket import ticket_id_of
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest


@require_POST
@desk_view
def presence(request: ActorRequest, key: str) -> HttpResponse:
    """Note that the person has the ticket open (`writing`: types an answer); who else has, news after `seen`."""
    request.actor.require(Permission.TICKET_WORK)
    ticket_id = ticket_id_of(actor=request.actor, key=key)
    is_writing = request.POST.get("writing") == "1"
    others = be_present(actor=request.actor, now=clock_now(), ticket_id=ticket_id, is_writing=is_writing)
    seen = request.POST.get("seen", "")
    seq = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0  # noqa: PLR2004 - a version's digits
    context = {
        "others": others,
        "news": news_since(actor=request.actor, ticket_id=ticket_id, seq=seq) if seq else None,
        "url": reverse("ticket", args=[key]),
    }
    return HttpResponse(render_to_string("web/desk/_presence.html", context, request))
