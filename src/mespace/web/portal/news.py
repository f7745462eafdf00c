"""Whether something has happened on a ticket since its page was opened."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Ticket
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only


@require_safe
@customers_only
def ticket_news(request: ActorRequest, key: str) -> HttpResponse:
    """A note with a link when the ticket is past event `seen`, without any message's text; 304 by ETag."""
    row = Ticket.objects.visible_to(request.actor).filter(key=key).values_list("public_version", "status").first()
    if row is None:
        raise TicketNotFound(key)
    version, status = row
    seen = request.GET.get("seen", "")
    is_new = seen.isdecimal() and version > int(seen[:9])
    etag = f'"{version}-{int(is_new)}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, "web/portal/news.html", {"is_new": is_new, "status": status, "key": key})
    response["ETag"] = etag
    return response
