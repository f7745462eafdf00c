"""The bell, and the list behind it."""

import hashlib

from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mespace.notifications.operations.mark_read import mark_read
from mespace.notifications.queries import latest
from mespace.platform.clock import now as clock_now
from mespace.web.middleware import ActorRequest
from mespace.web.notices.bell import bell_of

PAGE = 40
MOST_DIGITS = 18


@require_safe
def bell(request: ActorRequest) -> HttpResponse:
    """The bell with its count, for polling; 304 while it has not changed."""
    found = bell_of(request.actor)
    etag = f'"{hashlib.sha256(f"{found.count} {request.LANGUAGE_CODE}".encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified()
    response = render(request, "web/notices/_bell.html", {"bell": found})
    response["ETag"] = etag
    return response


@require_safe
def notices(request: ActorRequest) -> HttpResponse:
    """What happened on the requests that concern the person, newest first."""
    before = request.GET.get("before", "")
    cursor = int(before) if before.isascii() and before.isdigit() and len(before) <= MOST_DIGITS else None
    unread_only = request.GET.get("show") == "unread"
    lines = latest(request.actor, limit=PAGE + 1, before=cursor, unread_only=unread_only)
    older = f"?before={lines[PAGE - 1].id}" + ("&show=unread" if unread_only else "") if len(lines) > PAGE else ""
    context = {"lines": lines[:PAGE], "older_url": older, "newer_url": reverse("notices") if cursor else ""}
    tabs = [
        {"url": reverse("notices"), "label": _("All"), "current": not unread_only},
        {"url": f"{reverse('notices')}?show=unread", "label": _("Unread"), "current": unread_only},
    ]
    return render(request, "web/notices/list.html", {**context, "tabs": tabs, "unread_only": unread_only})


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Every line is read."""
    mark_read(actor=request.actor, now=clock_now())
    return HttpResponseRedirect(reverse("notices"), status=303)
