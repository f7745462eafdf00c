"""What stands around every page of the desk: the queues with their live counts, saved views, and the other places."""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.folding.address import address
from mespace.tickets.models import SavedView
from mespace.tickets.queries.desk_views import saved_views
from mespace.tickets.queries.lists import queue_counts
from mespace.web.desk.door import desk_view
from mespace.web.desk.filters import views_for
from mespace.web.middleware import ActorRequest


@dataclass(frozen=True)
class ViewLook:
    """How a view of the queue is named and drawn."""

    label: str | Promise
    icon: str
    hotkey: str
    lead: str | Promise


VIEW_LOOKS = {
    "todo": ViewLook(
        pgettext_lazy("queue", "To do"),
        "inbox",
        "g i",
        _("Reactions by working time left, then what waits for support longest"),
    ),
    "unaccepted": ViewLook(
        pgettext_lazy("queue", "Not accepted"),
        "hand-stop",
        "g u",
        _("The reaction clock runs, the least time left first"),
    ),
    "mine": ViewLook(pgettext_lazy("queue", "Mine"), "user-check", "g m", _("Open requests assigned to you")),
    "unassigned": ViewLook(
        pgettext_lazy("queue", "Assigned to nobody"), "user-plus", "g n", _("Open requests that nobody holds")
    ),
    "waiting": ViewLook(
        pgettext_lazy("queue", "Waiting"), "hourglass", "g w", _("The customer or another vendor must act")
    ),
    "all": ViewLook(pgettext_lazy("queue", "All open"), "list", "g a", _("All open requests")),
}


def render_desk(
    request: ActorRequest, template: str, context: dict[str, Any], *, place: str = "", status: int = 200
) -> HttpResponse:
    """A page of the desk; `place` is the address of the navigation's entry that is marked."""
    return render(request, template, {**shell(request, place), **context}, status=status)


def shell(request: ActorRequest, place: str) -> dict[str, Any]:
    """The shell's context: navigation, palette and home."""
    return {
        "nav": [],
        "side": navigation(request.actor, place),
        "counts_url": f"{address('desk_counts')}?{urlencode({'place': place})}",
        "palette_url": address("desk_palette"),
        "home_url": address("queue"),
    }


def navigation(actor: Actor, place: str) -> list[dict[str, Any]]:
    """The entries of the desk's column, with the queue's counts; two statements."""
    counts, home = queue_counts(actor=actor), address("queue")
    items: list[dict[str, Any]] = []
    for name in views_for(actor):
        look, url = VIEW_LOOKS[name], f"{home}?view={name}"
        items.append({"url": url, "label": look.label, "icon": look.icon, "hotkey": look.hotkey, "count": counts[name]})
    for index, view in enumerate(saved_views(actor)):
        items.append({"url": saved_url(view), "label": view.name, "icon": "users" if view.is_shared else "bookmark"})
        if not index:
            items[-1]["group"] = _("Saved views")
    items += _places(actor, counts)
    marked = place if any(item["url"] == place for item in items) else place.split("&", 1)[0]
    for item in items:
        item["current"] = bool(place) and item["url"] == marked
    return items


def saved_url(view: SavedView) -> str:
    """Where a saved view leads."""
    return f"{address('queue')}?{view.query}"


def _places(actor: Actor, counts: dict[str, int]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if actor.can(Permission.CONTACT_READ):
        label = pgettext_lazy("calls and mails", "Contacts")
        url, waiting = address("desk_contacts"), counts["contacts"]
        items.append({"url": url, "label": label, "icon": "phone", "hotkey": "g l", "count": waiting})
    label = pgettext_lazy("page", "Remote sessions")
    items.append({"url": address("desk_sessions"), "label": label, "icon": "screen-share", "hotkey": "g v"})
    if actor.can(Permission.TICKET_FILE_FOR_OTHERS):
        items.append({"url": address("desk_new"), "label": _("Register a request"), "icon": "send", "hotkey": "g r"})
    items.append(
        {"url": address("desk_search"), "label": pgettext_lazy("page", "Search"), "icon": "search", "hotkey": "g s"}
    )
    if actor.can(Permission.ARTICLES_READ_STAFF):
        items.append({"url": address("kb:home"), "label": _("Knowledge base"), "icon": "book", "hotkey": "g k"})
    if actor.can(Permission.ANSWER_TEMPLATES_MANAGE):
        items.append(
            {"url": address("desk_templates"), "label": _("Answer templates"), "icon": "note", "hotkey": "g t"}
        )
    if actor.can(Permission.CUSTOMERS_READ):
        label = _("Customers and software")
        items.append({"url": address("manage:home"), "label": label, "icon": "building-factory-2", "hotkey": "g c"})
    if actor.can(Permission.AUDIT_READ):
        items.append({"url": address("audit_tables"), "label": pgettext_lazy("audit", "Logs"), "icon": "history"})
    items[0]["group"] = _("Tools")
    return items


@require_safe
@desk_view
def counts(request: ActorRequest) -> HttpResponse:
    """The navigation again, for polling; 304 while nothing changed."""
    side = navigation(request.actor, request.GET.get("place", "")[:1200])
    return answer_if_changed(request, render_to_string("web/desk/_side.html", {"side": side}, request))


def answer_if_changed(request: ActorRequest, html: str) -> HttpResponse:
    """A polled fragment, or 304 when the browser shows it already."""
    etag = f'"{hashlib.sha256(html.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(html)
    response["ETag"] = etag
    return response
