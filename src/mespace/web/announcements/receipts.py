"""Who was told of an announcement, whose mail went out, and who has had it before them."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse

from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.announcements.models import MaintenanceWindow, Outage, Seen
from mespace.announcements.queries.notices import maintenance_of, outage_of
from mespace.notifications.models import Delivery, Notification, State
from mespace.web.announcements.door import door
from mespace.web.announcements.page import draw
from mespace.web.middleware import ActorRequest

MOST = 2000


@dataclass
class Receipt:
    """One person: when first told, the state of the newest mail, when first seen, and whether the newest was seen."""

    person: User
    told_at: datetime
    read_at: datetime | None
    mail: str = ""
    seen_at: datetime | None = None
    saw_all: bool = False


@door("GET", "HEAD", right=Permission.ANNOUNCEMENTS_READ)
def of_maintenance(request: ActorRequest, window_id: int) -> HttpResponse:
    """The receipts of planned work."""
    window = maintenance_of(actor=request.actor, window_id=window_id)
    back = reverse("announcements:maintenance", args=[window.pk])
    return _page(request, window, kind="maintenance", back=back)


@door("GET", "HEAD", right=Permission.ANNOUNCEMENTS_READ)
def of_outage(request: ActorRequest, outage_id: int) -> HttpResponse:
    """The receipts of an outage."""
    row = outage_of(actor=request.actor, outage_id=outage_id)
    return _page(request, row, kind="outage", back=reverse("announcements:outage", args=[row.pk]))


def _page(request: ActorRequest, notice: MaintenanceWindow | Outage, *, kind: str, back: str) -> HttpResponse:
    rows = receipts_of(notice, kind=kind)
    seen = sum(row.seen_at is not None for row in rows)
    context = {"notice": notice, "rows": rows, "back_url": back, "seen": seen, "most": MOST}
    return draw(request, "receipts", context)


def receipts_of(notice: MaintenanceWindow | Outage, *, kind: str) -> list[Receipt]:
    """Everybody who was told, by name, at most two thousand; three statements."""
    found: dict[int, Receipt] = {}
    told = Notification.objects.filter(subject_kind=kind, subject_id=notice.pk).select_related("user")
    for line in told.order_by("pk"):
        receipt = found.setdefault(line.user_id, Receipt(line.user, line.created_at, line.read_at))
        receipt.read_at = receipt.read_at or line.read_at
        if len(found) >= MOST:
            break
    mails = Delivery.objects.filter(subject_kind=kind, subject_id=notice.pk, recipient__in=list(found))
    for person, state in mails.order_by("pk").values_list("recipient_id", "state"):
        found[person].mail = str(State(state).label)
    seen = Seen.objects.filter(stream_id=notice.stream_id, user__in=list(found))
    for person, at, version in seen.order_by("at", "pk").values_list("user_id", "at", "version"):
        receipt = found[person]
        receipt.seen_at = receipt.seen_at or at
        receipt.saw_all = receipt.saw_all or version == notice.version
    return sorted(found.values(), key=lambda receipt: receipt.person.full_name)
