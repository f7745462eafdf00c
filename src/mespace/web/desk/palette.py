"""What Ctrl-K offers at the desk: requests by key and words, customers, queues and pages."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.tickets.models import Ticket
from mespace.tickets.queries import lists
from mespace.web import vocabulary
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest

MOST_TICKETS = 6
MOST_CUSTOMERS = 4
LONGEST = 100
SHORTEST_WORD = 3


@require_safe
@desk_view
def palette(request: ActorRequest) -> HttpResponse:
    """Up to a dozen places for `q`; the page's own actions and queues are added by the browser."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    items: list[dict[str, Any]] = []
    if text:
        items += _tickets(request.actor, text)
        items += _customers(request.actor, text)
        more = f"{reverse('desk_search')}?{urlencode({'q': text})}"
        items.append(
            {"label": _("Search everywhere: %(text)s") % {"text": text}, "url": more, "note": "", "icon": "search"}
        )
    return JsonResponse({"items": items})


def _tickets(actor: Actor, text: str) -> list[dict[str, Any]]:
    seen = Ticket.objects.visible_to(actor)
    by_key = (
        seen.filter(key__startswith=text.upper()).select_related("customer").order_by("-pk")[:MOST_TICKETS]
        if "-" in text
        else []
    )
    found = {ticket.pk: ticket for ticket in by_key}
    if len(found) < MOST_TICKETS and len(text) >= SHORTEST_WORD:
        page = lists.search(actor=actor, text=text, limit=MOST_TICKETS)
        found |= {ticket.pk: ticket for ticket in page.rows}
    return [
        {
            "label": f"{ticket.key} {ticket.subject}",
            "url": reverse("ticket", args=[ticket.key]),
            "note": f"{ticket.customer} · {vocabulary.STATUSES[ticket.status].word}",
            "icon": "file-text",
        }
        for ticket in list(found.values())[:MOST_TICKETS]
    ]


def _customers(actor: Actor, text: str) -> list[dict[str, Any]]:
    if not actor.can(Permission.CUSTOMERS_READ):
        return []
    rows = Customer.objects.filter(
        Q(name__icontains=text) | Q(short_name__icontains=text) | Q(project__code=text.upper())
    )
    return [
        {
            "label": str(row),
            "url": f"{reverse('queue')}?view=all&customer={row.pk}",
            "note": _("the customer's open requests"),
            "icon": "building-factory-2",
        }
        for row in rows[:MOST_CUSTOMERS]
    ]
