"""The clock page of a ticket: its ledger, the same for the customer and the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.web.acts.clock import clock_context
from mespace.web.acts.outages import outages_context
from mespace.web.acts.page import settled_view
from mespace.web.acts.summary import expectation
from mespace.web.middleware import ActorRequest


@require_safe
def ticket_clock(request: ActorRequest, key: str) -> HttpResponse:
    """Each interval of each clock, counted or not and why, and whose move it was. Raises TicketNotFound."""
    view = settled_view(actor=request.actor, key=key, now=clock_now())
    context = {
        "view": view,
        "ticket": view.ticket,
        **shell_of(request),
        "expectation": expectation(view),
        **clock_context(view),
        **outages_context(view),
    }
    return render(request, "web/acts/clock_page.html", context)


def shell_of(request: ActorRequest) -> dict[str, Any]:
    """The layout of the reader's side, as `shell`, and what it needs."""
    if request.actor.is_customer:
        return {"shell": "web/app.html"}
    from mespace.web.desk.shell import shell

    return {"shell": "web/app_desk.html", **shell(request, "")}
