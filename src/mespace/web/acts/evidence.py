"""The evidence bundle as a download."""

import json

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.platform.files import download_headers
from mespace.tickets.queries.evidence import bundle
from mespace.web.acts.page import settled_view
from mespace.web.middleware import ActorRequest


@require_safe
def evidence(request: ActorRequest, key: str) -> HttpResponse:
    """The ticket's bundle as of now, settled: one JSON file for the verifier."""
    now = clock_now()
    view = settled_view(actor=request.actor, key=key, now=now)
    content = bundle(actor=request.actor, key=key, as_of=now)
    response = HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type="application/json")
    for name, value in download_headers(f"{view.ticket.key}.json", "application/json", inline=False).items():
        response[name] = value
    return response
