"""A known error as those see it whom it concerns: a customer's people, and contractors by their tickets."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.platform.rows import RowNotFound
from mespace.tickets.queries.known_errors import known_error_view
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose


@require_safe
def known_error(request: ActorRequest, known_error_id: int) -> HttpResponse:
    """Fix, workaround, the plan's history, and the reader's own tickets and sites; 404 where nothing is theirs."""
    if request.actor.can(Permission.PRODUCTS_READ):
        return HttpResponseRedirect(reverse("manage:known_error", args=[known_error_id]))
    try:
        view = known_error_view(actor=request.actor, known_error_id=known_error_id)
    except RowNotFound:
        raise Http404 from None
    error = view.error
    context = {
        "view": view,
        "error": error,
        "builds": list(error.affected_builds.all()),
        "versions": list(error.affected_versions.all()),
        "description": prose(error.description),
        "workaround": prose(error.workaround),
    }
    return render(request, "web/software/known_error.html", context)
