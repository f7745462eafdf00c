"""What may answer a request before it is sent: shown beside the filing form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.prepared_gate import PreparedFor
from mespace.customers.models import Installation
from mespace.customers.sites_seen import sites_seen
from mespace.knowledge.queries.find import FoundArticle
from mespace.platform.forms import row_id
from mespace.platform.prepared import Given
from mespace.tickets.queries.near import near_to
from mespace.web.knowledge.found_html import bits_html
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only

_RUNNING = PreparedFor(
    lambda actor: Installation.objects.filter(
        site__in=sites_seen(actor), site=Given("site"), product=Given("product")
    ).values_list("build_id", flat=True)
)
LONGEST = 600
SHORTEST = 6  # letters typed before anything is looked for


def near_context(*, actor: Actor, text: str, site: object, product: object, build: object) -> dict[str, Any]:
    """`near`: known errors of the build, open requests of the site, articles; None while too little is typed."""
    text = text.replace("\x00", " ").strip()[:LONGEST]
    if len(text) < SHORTEST:
        return {"near": None}
    site_id, product_id = row_id(str(site or "")), row_id(str(product or ""))
    build_id = row_id(str(build or "")) or _running(actor, site_id, product_id)
    near = near_to(actor=actor, text=text, site_id=site_id, product_id=product_id, build_id=build_id)
    return {"near": near, "near_articles": [drawn(hit) for hit in near.articles]}


def drawn(hit: FoundArticle) -> dict[str, object]:
    """A hit ready to be shown."""
    return {"row": hit.row, "title": bits_html(hit.title), "fragment": bits_html(hit.fragment)}


def _running(actor: Actor, site_id: int | None, product_id: int | None) -> int | None:
    """The build that runs at the site, when the form says “the installed one”."""
    return _RUNNING.first(actor, site=site_id, product=product_id) if site_id and product_id else None


@require_safe
@customers_only
def filing_near(request: ActorRequest) -> HttpResponse:
    """The same as a fragment, for the form as it stands now."""
    request.actor.require(Permission.TICKET_FILE)
    text = f"{request.GET.get('subject', '')}\n{request.GET.get('description', '')}"
    given = {name: request.GET.get(name, "") for name in ("site", "product", "build")}
    context = near_context(actor=request.actor, text=text, **given)
    return render(request, "web/knowledge/near.html", context)
