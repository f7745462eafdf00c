"""The person's own calendar: its secret address, and the calendar itself; and the public one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.accounts.actor import Actor
from mespace.announcements.atom import feed
from mespace.announcements.icalendar import calendar
from mespace.announcements.models import FeedAddress
from mespace.announcements.operations.make_feed_address import make_feed_address, owner_of
from mespace.announcements.queries.calendar import calendar_entries
from mespace.announcements.queries.feed import feed_entries
from mespace.customers.actors import actor_of
from mespace.platform import clock
from mespace.web.announcements.door import door
from mespace.web.announcements.page import draw
from mespace.web.errors import error_page
from mespace.web.gate import public
from mespace.web.middleware import ActorRequest
from mespace.web.once import answer_again


@door("GET", "HEAD", "POST")
def calendar_address(request: ActorRequest) -> HttpResponse:
    """How to subscribe; a POST makes a new secret address, which is shown this once."""
    secret = ""
    if request.method == "POST":
        secret = make_feed_address(actor=request.actor, now=clock.now())
        answer_again(
            request, reverse("announcements:calendar"), _("An address was made and is not shown again. Make a new one.")
        )
    context = {
        "made": FeedAddress.objects.filter(user_id=request.actor.person_id).first(),
        "address": settings.BASE_URL + reverse("own_calendar", args=[secret]) if secret else "",
        "public_address": settings.BASE_URL + reverse("status:calendar"),
        "atom_address": settings.BASE_URL + reverse("status:atom"),
    }
    response = draw(request, "calendar", context)
    response["Cache-Control"] = "no-store"
    return response


@public
@require_safe
def own_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person to whom the address belongs; 404 for an address that was made anew, or never was."""
    user = owner_of(secret)
    actor = actor_of(user) if user is not None else None
    if actor is None or not actor.is_person:
        return error_page(request, 404)
    return calendar_response(actor)


@public
@require_safe
def public_calendar(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """All planned work, for everybody."""
    return calendar_response(None)


def calendar_response(actor: Actor | None) -> HttpResponse:
    """The calendar as a file that programs fetch again and again."""
    now = clock.now()
    entries = calendar_entries(
        actor=actor,
        now=now,
        uid_host=urlsplit(settings.BASE_URL).hostname or "localhost",
        url_of=lambda pk: settings.BASE_URL + reverse("announcements:maintenance", args=[pk]),
    )
    body = calendar(entries, name=_("MESPACE: planned work"), now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="maintenance.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@public
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """All announcements, for feed readers."""
    entries = feed_entries(
        domain=urlsplit(settings.BASE_URL).hostname or "localhost",
        maintenance_url=lambda pk: settings.BASE_URL + reverse("announcements:maintenance", args=[pk]),
        outage_url=lambda pk: settings.BASE_URL + reverse("announcements:outage", args=[pk]),
    )
    body = feed(
        entries,
        feed_id=settings.BASE_URL + reverse("status:atom"),
        title=_("MESPACE: state of the service"),
        url=settings.BASE_URL + "/status/",
        self_url=settings.BASE_URL + reverse("status:atom"),
        language=request.LANGUAGE_CODE,
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
