"""Where each role begins."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission, Role
from mespace.web.middleware import ActorRequest


@require_safe
def home(request: ActorRequest) -> HttpResponseRedirect:
    """To the list of requests, what a manager or director looks at, the queue, or the people for an administrator."""
    actor = request.actor
    if actor.is_customer:
        return HttpResponseRedirect(reverse("my_tickets"))
    if actor.can(Permission.OVERSIGHT_READ) and not actor.can(Permission.TICKET_WORK):
        return HttpResponseRedirect(reverse("oversight:today" if Role.MANAGER in actor.roles else "oversight:director"))
    if actor.can(Permission.TICKET_READ_ALL) or actor.can(Permission.TICKET_READ_ASSIGNED):
        return HttpResponseRedirect(reverse("queue"))
    return HttpResponseRedirect(reverse("people_list"))
