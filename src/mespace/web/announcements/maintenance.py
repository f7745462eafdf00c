"""Planned work: its page, and the acts of managers on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.announcements.errors import require_possible
from mespace.announcements.lead import lead_of
from mespace.announcements.lifecycle import POSSIBLE, Kind, State
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.operations.announce_maintenance import announce_maintenance
from mespace.announcements.operations.cancel_maintenance import cancel_maintenance
from mespace.announcements.operations.mark_seen import mark_seen
from mespace.announcements.operations.move_maintenance import move_maintenance
from mespace.announcements.operations.prolong_maintenance import prolong_maintenance
from mespace.announcements.operations.restore_maintenance import restore_maintenance
from mespace.announcements.operations.revise_maintenance import revise_maintenance
from mespace.announcements.plan import MaintenancePlan
from mespace.announcements.queries.notices import course_of, maintenance_of
from mespace.platform import clock
from mespace.web.announcements.course import maintenance_course
from mespace.web.announcements.door import door
from mespace.web.announcements.forms import AnnounceForm, CancelForm, MoveForm, ProlongForm, RestoreForm, ReviseForm
from mespace.web.announcements.page import Sheet, draw, fill
from mespace.web.announcements.vocabulary import ACTS, TONES
from mespace.web.durations import duration_words
from mespace.web.manage.page import posted
from mespace.web.middleware import ActorRequest
from mespace.web.prose import prose

MANAGE = Permission.ANNOUNCEMENTS_MANAGE
ADDRESSES = {
    Kind.RESTORED: "restore",
    Kind.PROLONGED: "prolong",
    Kind.MOVED: "move",
    Kind.REVISED: "revise",
    Kind.CANCELLED: "cancel",
}


@door("GET", "HEAD")
def maintenance(request: ActorRequest, window_id: int) -> HttpResponse:
    """What is planned, what was promised and what came of it; that it was seen is noted."""
    now = clock.now()
    window = maintenance_of(actor=request.actor, window_id=window_id)
    if request.method == "GET":
        mark_seen(actor=request.actor, now=now, notice=window)
    reads = request.actor.can(Permission.ANNOUNCEMENTS_READ)
    acts = [
        {"url": reverse(f"announcements:{name}", args=[window.pk]), "label": ACTS[kind], "kind": kind}
        for kind, name in ADDRESSES.items()
        if request.actor.can(MANAGE) and window.state in POSSIBLE[kind]
    ]
    late = window.restored_at - window.first_restore_at if window.restored_at else None
    context = {
        "window": window,
        "tone": "bad" if is_late(window, now) else TONES[window.state],
        "is_late": is_late(window, now),
        "text": prose(window.text),
        "lead": duration_words(window.lead_seconds),
        "late": duration_words(int(late.total_seconds())) if late and late.total_seconds() > 0 else "",
        "was_moved": window.first_restore_at != window.restore_at,
        "course": maintenance_course(course_of(window, names=reads)),
        "acts": acts,
        "reads_receipts": reads,
    }
    return draw(request, "maintenance", context)


def is_late(window: MaintenanceWindow, now: datetime) -> bool:
    """Under way past the promised instant, whether or not the timer has written it yet."""
    return window.state == State.RUNNING and window.restore_at < now


@door("GET", "HEAD", "POST", right=MANAGE)
def announce(request: ActorRequest) -> HttpResponse:
    """The form of planned work; a short notice is warned about before it is published."""
    form = AnnounceForm(posted(request))

    def warning(data: dict[str, Any]) -> str:
        now = clock.now()
        if data["starts_at"] <= now or data["starts_at"] >= data["restore_at"]:
            return ""  # the operation says what is wrong
        return short_notice(now, data["starts_at"])

    def save(data: dict[str, Any]) -> tuple[str, str]:
        plan = MaintenancePlan(data["title"], data["text"], data["components"], data["starts_at"], data["restore_at"])
        window = announce_maintenance(actor=request.actor, now=clock.now(), plan=plan)
        return reverse("announcements:maintenance", args=[window.pk]), _("The work is announced.")

    sheet = Sheet(
        heading=_("Planned work"),
        lead=_("Everybody concerned is told at once, reminded, and told again of every change."),
        submit=_("Announce"),
        back_url=reverse("announcements:list"),
        back_label=_("Announcements"),
        warning=warning,
    )
    return fill(request, form, sheet, save)


def short_notice(now: datetime, starts_at: datetime) -> str:
    """What is warned about when the lead is less than a working day; nothing otherwise."""
    lead = lead_of(now=now, starts_at=starts_at)
    if not lead.is_short:
        return ""
    return _(
        "Only %(lead)s of working time are left until then, less than a working day (%(day)s). "
        "It is no breach of the regulation, and it is shown beside the announcement."
    ) % {"lead": duration_words(lead.seconds), "day": duration_words(lead.working_day)}


@door("GET", "HEAD", "POST", right=MANAGE)
def revise(request: ActorRequest, window_id: int) -> HttpResponse:
    """Other words, or other components."""
    window = _open(request, window_id, Kind.REVISED)
    components = [component.pk for component in window.components.all()]
    form = ReviseForm(posted(request), initial={"title": window.title, "text": window.text, "components": components})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        revise_maintenance(
            actor=request.actor,
            now=clock.now(),
            window_id=window_id,
            title=data["title"],
            text=data["text"],
            component_ids=data["components"],
        )
        return _page(window), _("Everybody concerned is told of the new words.")

    return fill(request, form, _sheet(window, Kind.REVISED, _("Save")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def move(request: ActorRequest, window_id: int) -> HttpResponse:
    """Other instants before the start."""
    window = _open(request, window_id, Kind.MOVED)
    form = MoveForm(posted(request), initial={"starts_at": window.starts_at, "restore_at": window.restore_at})

    def warning(data: dict[str, Any]) -> str:
        now = clock.now()
        if data["starts_at"] <= now or data["starts_at"] == window.starts_at:
            return ""
        return short_notice(now, data["starts_at"])

    def save(data: dict[str, Any]) -> tuple[str, str]:
        move_maintenance(
            actor=request.actor,
            now=clock.now(),
            window_id=window_id,
            starts_at=data["starts_at"],
            restore_at=data["restore_at"],
            reason=data["reason"],
        )
        return _page(window), _("The work is moved and announced anew.")

    return fill(request, form, _sheet(window, Kind.MOVED, _("Move"), warning=warning), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def prolong(request: ActorRequest, window_id: int) -> HttpResponse:
    """Another promised instant while it is under way."""
    window = _open(request, window_id, Kind.PROLONGED)
    form = ProlongForm(posted(request), initial={"restore_at": window.restore_at})

    def save(data: dict[str, Any]) -> tuple[str, str]:
        prolong_maintenance(
            actor=request.actor,
            now=clock.now(),
            window_id=window_id,
            restore_at=data["restore_at"],
            reason=data["reason"],
        )
        return _page(window), _("The new instant is promised and announced.")

    return fill(request, form, _sheet(window, Kind.PROLONGED, _("Announce anew")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def restore(request: ActorRequest, window_id: int) -> HttpResponse:
    """When access was restored."""
    window = maintenance_of(actor=request.actor, window_id=window_id)
    if window.state != State.ANNOUNCED or window.starts_at > clock.now():  # the timer may be late
        require_possible(Kind.RESTORED, window.state)
    form = RestoreForm(posted(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        restore_maintenance(
            actor=request.actor,
            now=clock.now(),
            window_id=window_id,
            at=data["restored_at"],
            note=data["text"],
        )
        return _page(window), _("The restoration is noted and announced.")

    return fill(request, form, _sheet(window, Kind.RESTORED, _("Access is restored")), save)


@door("GET", "HEAD", "POST", right=MANAGE)
def cancel(request: ActorRequest, window_id: int) -> HttpResponse:
    """Why it does not take place."""
    window = _open(request, window_id, Kind.CANCELLED)
    form = CancelForm(posted(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        cancel_maintenance(actor=request.actor, now=clock.now(), window_id=window_id, reason=data["reason"])
        return _page(window), _("The work is cancelled, and everybody concerned is told.")

    return fill(request, form, _sheet(window, Kind.CANCELLED, _("Cancel the work")), save)


def _open(request: ActorRequest, window_id: int, kind: Kind) -> MaintenanceWindow:
    """The window; refused before a form is filled in vain. The act itself judges under the lock."""
    window = maintenance_of(actor=request.actor, window_id=window_id)
    require_possible(kind, window.state)
    return window


def _page(window: MaintenanceWindow) -> str:
    return reverse("announcements:maintenance", args=[window.pk])


def _sheet(
    window: MaintenanceWindow, kind: Kind, submit: str, *, warning: Callable[[dict[str, Any]], str] | None = None
) -> Sheet:
    return Sheet(
        heading=str(ACTS[kind]),
        lead=window.title,
        submit=submit,
        back_url=_page(window),
        back_label=window.title,
        warning=warning,
    )
