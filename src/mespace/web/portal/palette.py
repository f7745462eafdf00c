"""What Ctrl-K finds in the portal: requests by key or words."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.tickets.queries.lists import search
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only
from mespace.web.vocabulary import STATUSES

MOST = 8


@require_safe
@customers_only
def portal_palette(request: ActorRequest) -> HttpResponse:
    """The newest requests in which the words occur."""
    text = request.GET.get("q", "").strip()[:200]
    found = search(actor=request.actor, text=text, limit=MOST).rows if text else []
    items = [
        {
            "label": f"{ticket.key} {ticket.subject}",
            "url": reverse("ticket", args=[ticket.key]),
            "note": str(STATUSES[ticket.status].word),
            "icon": "message",
        }
        for ticket in found
    ]
    return JsonResponse({"items": items})
