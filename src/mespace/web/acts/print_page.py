"""The ticket on paper: its details, its whole course and its clocks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.web.acts.clock import clock_context
from mespace.web.acts.course import course
from mespace.web.acts.outages import outages_context
from mespace.web.acts.page import is_prefetch, note_shown, settled_view
from mespace.web.acts.services import services_context
from mespace.web.acts.summary import expectation
from mespace.web.middleware import ActorRequest


@require_safe
def ticket_print(request: ActorRequest, key: str) -> HttpResponse:
    """The print view. It carries the messages' full text, so it counts as shown, as the ticket's page does."""
    now = clock_now()
    view = settled_view(actor=request.actor, key=key, now=now)
    context = {
        "view": view,
        "ticket": view.ticket,
        "expectation": expectation(view),
        "entries": course(view),
        **services_context(view),
        **clock_context(view),
        **outages_context(view),
    }
    response = render(request, "web/acts/print_page.html", context)
    if not is_prefetch(request):
        note_shown(request.actor, view, now=now)
    return response
