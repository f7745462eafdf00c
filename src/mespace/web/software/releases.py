"""Releases as customers read them: what a build brings, what of theirs it solves, and where it is installed."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.platform.rows import RowNotFound
from mespace.tickets.queries.releases import customers_release, customers_releases
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only
from mespace.web.prose import prose


@require_safe
@customers_only
def releases(request: ActorRequest) -> HttpResponse:
    """The newest releases of software that the reader's company uses."""
    request.actor.require(Permission.INSTALLATIONS_READ)
    return render(request, "web/software/releases.html", {"rows": customers_releases(actor=request.actor)})


@require_safe
def release(request: ActorRequest, build_id: int) -> HttpResponse:
    """One release; readers of the catalogue are led to its page there."""
    if request.actor.can(Permission.PRODUCTS_READ):
        return HttpResponseRedirect(reverse("manage:release", args=[build_id]))
    try:
        view = customers_release(actor=request.actor, build_id=build_id)
    except RowNotFound:
        raise Http404 from None
    context = {
        "view": view,
        "build": view.build,
        "notes": prose(view.build.notes),
        "may_change": request.actor.can(Permission.INSTALLATIONS_MANAGE),
    }
    return render(request, "web/software/release.html", context)
