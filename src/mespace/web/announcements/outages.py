"""Outages: their page, and the acts of managers on them (clause 4.4)."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.announcements.errors import NotNow
from mespace.announcements.lifecycle import OutageKind
from mespace.announcements.models import Outage
from mespace.announcements.operations.end_outage import end_outage
from mespace.announcements.operations.mark_seen import mark_seen
from mespace.announcements.operations.report_outage import NewOutage, report_outage
from mespace.announcements.operations.update_outage import update_outage
from mespace.announcements.queries.notices import course_of, outage_of
from mespace.platform import clock
from mespace.web.announcements.course import outage_course
from mespace.web.announcements.door import door
from mespace.web.announcements.forms import EndForm, ReportForm, UpdateForm
from mespace.web.announcements.page import Sheet, draw, fill
from mespace.web.durations import duration_words
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest

MANAGE = Permission.ANNOUNCEMENTS_MANAGE


@door("GET", "HEAD")
def outage(request: ActorRequest, outage_id: int) -> HttpResponse:
    """What is known of it; that it was seen is noted."""
    now = clock.now()
    row = outage_of(actor=request.actor, outage_id=outage_id)
    if request.method == "GET":
        mark_seen(actor=request.actor, now=now, notice=row)
    reads = request.actor.can(Permission.ANNOUNCEMENTS_READ)
    lasted = (row.ended_at or now) - row.began_at
    context = {
        "outage": row,
        "lasted": duration_words(int(lasted.total_seconds())),
        "course": outage_course(course_of(row, names=reads)),
        "reads_receipts": reads,
    }
    return draw(request, "outage", context)


@door("GET", "HEAD", "POST", right=MANAGE)
def report(request: ActorRequest) -> HttpResponse:
    """The form of an outage."""
    form = ReportForm(posted(request), initial={"began_at": clock.now(), "impact": "down"})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        new = NewOutage(data["title"], data["text"], data["components"], data["began_at"], data["impact"])
        row = report_outage(actor=request.actor, now=clock.now(), new=new)
        return reverse("announcements:outage", args=[row.pk]), _(
            "The outage is public, and everybody concerned is told."
        )

    sheet = Sheet(
        heading=_("Outage"),
        lead=_("Reaction clocks keep running through it; each request shows the overlap."),
        submit=_("Publish"),
        back_url=reverse("announcements:list"),
        back_label=_("Announcements"),
    )
    return fill(request, form, sheet, save)


@door("GET", "HEAD", "POST", right=MANAGE)
def update(request: ActorRequest, outage_id: int) -> HttpResponse:
    """More about it."""
    row = _open(request, outage_id)
    form = UpdateForm(posted(request), initial={"impact": row.impact})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        update_outage(
            actor=request.actor, now=clock.now(), outage_id=outage_id, text=data["text"], impact=data["impact"]
        )
        return _page(row), _("The update is public.")

    return fill(request, form, _sheet(row, _("Update"), _("Publish")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def end(request: ActorRequest, outage_id: int) -> HttpResponse:
    """When it was over."""
    row = _open(request, outage_id)
    form = EndForm(posted(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        end_outage(actor=request.actor, now=clock.now(), outage_id=outage_id, text=data["text"], at=data["ended_at"])
        return _page(row), _("The end is noted and announced.")

    return fill(request, form, _sheet(row, _("The outage is over"), _("The outage is over")), save)


def _open(request: ActorRequest, outage_id: int) -> Outage:
    row = outage_of(actor=request.actor, outage_id=outage_id)
    if row.ended_at is not None:
        raise NotNow(OutageKind.UPDATED, "ended")
    return row


def _page(row: Outage) -> str:
    return reverse("announcements:outage", args=[row.pk])


def _sheet(row: Outage, heading: str, submit: str) -> Sheet:
    return Sheet(heading=heading, lead=row.title, submit=submit, back_url=_page(row), back_label=row.title)
