"""Where each role begins."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.web.middleware import ActorRequest


@require_safe
def home(request: ActorRequest) -> HttpResponseRedirect:
    """To the list of requests, the desk's queue, or, for an administrator alone, the people."""
    actor = request.actor
    if actor.is_customer:
        return HttpResponseRedirect(reverse("my_tickets"))
    if actor.can(Permission.TICKET_READ_ALL) or actor.can(Permission.TICKET_READ_ASSIGNED):
        return HttpResponseRedirect(reverse("queue"))
    return HttpResponseRedirect(reverse("people_list"))
