"""The ticket as its customer sees it, read-only."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Role
from mespace.platform.clock import now as clock_now
from mespace.tickets.queries.ticket import moves_of
from mespace.web.acts.course import course
from mespace.web.acts.page import settled_view
from mespace.web.acts.summary import expectation, reaction_summary
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import render_desk
from mespace.web.middleware import ActorRequest


@require_safe
@desk_view
def as_customer(request: ActorRequest, key: str) -> HttpResponse:
    """What the customer reads: nothing internal, nothing to press. Looking is no receipt and no reading."""
    now = clock_now()
    view = settled_view(actor=request.actor, key=key, now=now, as_customer=True)
    ticket = view.ticket
    reader = Actor.of(user_id=ticket.holder_id, roles=[Role.CUSTOMER_USER], customer_id=ticket.customer_id)
    # So that the page speaks to the customer.
    view = replace(view, actor=reader, moves=moves_of(ticket, reader, now, view.events))
    context = {
        "ticket": ticket,
        "entries": course(view),
        "expectation": expectation(view),
        "reaction": reaction_summary(view),
    }
    return render_desk(request, "web/desk/as_customer.html", context)
