"""The remote sessions that are coming, as the desk's people see them: what runs, what is agreed, what waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.platform.clock import now as clock_now
from mespace.tickets.models import RemoteSession
from mespace.tickets.queries.sessions import coming_sessions
from mespace.tickets.session_lifecycle import SessionState
from mespace.web.acts.services import LOOKS
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import render_desk
from mespace.web.instants import window_words, zone_named, zone_words
from mespace.web.middleware import ActorRequest


@dataclass(frozen=True)
class Coming:
    """One session of the list."""

    session: RemoteSession
    window: str
    at_site: str  # its window as the site's clocks read, where they read differently
    state: str
    tone: str
    icon: str
    is_over: bool
    left: str  # who was to take part and can no longer


@require_safe
@desk_view
def sessions(request: ActorRequest) -> HttpResponse:
    """The list, by the beginning; with `who=mine`, those in which the reader connects."""
    mine = request.GET.get("who") == "mine"
    now, url = clock_now(), reverse("desk_sessions")
    rows = [_coming(each, now) for each in coming_sessions(actor=request.actor, mine=mine)]
    tabs: list[dict[str, Any]] = [
        {"url": url, "label": pgettext("remote sessions", "All"), "current": not mine},
        {"url": f"{url}?who=mine", "label": pgettext("remote sessions", "Mine"), "current": mine},
    ]
    return render_desk(request, "web/desk/sessions.html", {"rows": rows, "tabs": tabs}, place=url)


def _coming(session: RemoteSession, now: datetime) -> Coming:
    tone, icon = LOOKS[session.state]
    left = session.left_by
    over = session.state != SessionState.RUNNING and now >= session.ends_at
    return Coming(
        session=session,
        window=window_words(session.starts_at, session.ends_at),
        at_site=_at_site(session),
        state=str(SessionState(session.state).label),
        tone="warn" if over or left else tone,
        icon=icon,
        is_over=over,
        left=", ".join(person.full_name for person in left),
    )


def _at_site(session: RemoteSession) -> str:
    site = session.ticket.site
    if site is None:
        return ""
    zone = zone_named(site.time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return _("at the site %(from)s–%(until)s %(zone)s") % {
        "from": f"{starts:%H:%M}",
        "until": f"{ends:%H:%M}",
        "zone": zone_words(session.starts_at, zone),
    }
