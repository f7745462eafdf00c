"""What Ctrl-K finds in the portal: requests by key or words, articles, and the way to the whole search."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.knowledge.queries.find import find_articles
from mespace.tickets.queries.lists import search
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only
from mespace.web.vocabulary import STATUSES

MOST = 8
MOST_ARTICLES = 4


@require_safe
@customers_only
def portal_palette(request: ActorRequest) -> HttpResponse:
    """The newest requests in which the words occur, and the best articles."""
    text = request.GET.get("q", "").strip()[:200]
    found = search(actor=request.actor, text=text, limit=MOST).rows if text else []
    articles = find_articles(actor=request.actor, text=text, limit=MOST_ARTICLES).hits if text else []
    items = [
        {
            "label": f"{ticket.key} {ticket.subject}",
            "url": reverse("ticket", args=[ticket.key]),
            "note": str(STATUSES[ticket.status].word),
            "icon": "message",
        }
        for ticket in found
    ]
    items += [
        {
            "label": hit.row.text.title,
            "url": reverse("kb:article", args=[hit.row.article.pk]),
            "note": str(hit.row.article.get_kind_display()),
            "icon": "book",
        }
        for hit in articles
    ]
    if text:
        url = f"{reverse('kb:search')}?{urlencode({'q': text})}"
        items.append(
            {"label": _("Search everywhere: %(text)s") % {"text": text}, "url": url, "note": "", "icon": "search"}
        )
    return JsonResponse({"items": items})
