"""The referral to another vendor's support, as a page that prints well (clause 5.4)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.tickets.queries.referral import referral_of
from mespace.web.middleware import ActorRequest


@require_safe
def ticket_referral(request: ActorRequest, key: str) -> HttpResponse:
    """What was found, what to tell, how to reach that support; 404 for a ticket without one."""
    referral = referral_of(actor=request.actor, key=key)
    context = {"referral": referral, "ticket": referral.ticket, "vendor": referral.vendor}
    return render(request, "web/acts/referral.html", context)
