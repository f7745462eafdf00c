"""The list of announcements, and the banner above every page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mespace.accounts.actor import NOBODY, Actor
from mespace.accounts.permissions import Permission
from mespace.announcements.banner import FLAG, current_for
from mespace.announcements.queries.notices import board
from mespace.platform import clock
from mespace.web.announcements.door import door
from mespace.web.announcements.maintenance import is_late
from mespace.web.announcements.page import draw
from mespace.web.middleware import ActorRequest


@door("GET", "HEAD")
def announcements(request: ActorRequest) -> HttpResponse:
    """What is ahead or under way, and what is over."""
    now = clock.now()
    found = board(actor=request.actor)
    late = {window.pk for window in found.maintenance if is_late(window, now)}
    reads = request.actor.can(Permission.ANNOUNCEMENTS_READ)
    return draw(request, "list", {"board": found, "late": late, "reads_components": reads})


def notice_banner(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `notices_now`, what is current and concerns the person.

    Whether anything is current came with the person's own row, so a page asks nothing while nothing is.
    """
    actor: Actor = getattr(request, "actor", NOBODY)
    if not getattr(request.user, FLAG, False) or not actor.is_person:
        return {}
    return {"notices_now": SimpleLazyObject(lambda: _lines(actor))}


def _lines(actor: Actor) -> list[dict[str, Any]]:
    now = clock.now()
    current = current_for(actor, now=now)
    lines: list[dict[str, Any]] = [
        {"kind": "outage", "row": row, "url": reverse("announcements:outage", args=[row.pk])} for row in current.outages
    ]
    for row in current.maintenance:
        kind = "late" if is_late(row, now) else "running" if row.starts_at <= now else "ahead"
        lines.append({"kind": kind, "row": row, "url": reverse("announcements:maintenance", args=[row.pk])})
    return lines
