"""Lists of what is announced, and one announcement with its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.announcements.errors import NoticeNotFound
from mespace.announcements.lifecycle import AHEAD
from mespace.announcements.models import Entry, MaintenanceWindow, Outage
from mespace.ledger.models import Event

MOST = 50


@dataclass(frozen=True)
class Board:
    """What is ahead or under way, and the newest of what is over."""

    maintenance: list[MaintenanceWindow]
    outages: list[Outage]
    past_maintenance: list[MaintenanceWindow]
    past_outages: list[Outage]


@dataclass(frozen=True)
class CourseLine:
    """One event with its text and who did it (empty for the timer)."""

    event: Event
    text: str
    name: str


def board(*, actor: Actor) -> Board:
    """Everything that is ahead, and at most fifty of each kind that is over, newest first; eight statements."""
    windows = MaintenanceWindow.objects.visible_to(actor).prefetch_related("components")
    outages = Outage.objects.visible_to(actor).prefetch_related("components")
    return Board(
        list(windows.filter(state__in=sorted(AHEAD)).order_by("starts_at", "pk")),
        list(outages.filter(ended_at=None).order_by("began_at", "pk")),
        list(windows.exclude(state__in=sorted(AHEAD)).order_by("-starts_at", "-pk")[:MOST]),
        list(outages.exclude(ended_at=None).order_by("-began_at", "-pk")[:MOST]),
    )


def maintenance_of(*, actor: Actor, window_id: int) -> MaintenanceWindow:
    """The window. Raises NoticeNotFound."""
    rows = MaintenanceWindow.objects.visible_to(actor).prefetch_related("components")
    found = rows.filter(pk=window_id).first()
    if found is None:
        raise NoticeNotFound(window_id)
    return found


def outage_of(*, actor: Actor, outage_id: int) -> Outage:
    """The outage. Raises NoticeNotFound."""
    found = Outage.objects.visible_to(actor).prefetch_related("components").filter(pk=outage_id).first()
    if found is None:
        raise NoticeNotFound(outage_id)
    return found


def course_of(notice: MaintenanceWindow | Outage, *, names: bool) -> list[CourseLine]:
    """Its events in order with their texts; people's names where the reader may know them. Two or three statements."""
    events = list(Event.objects.filter(stream_id=notice.stream_id).order_by("seq"))
    texts = dict(Entry.objects.filter(stream_id=notice.stream_id).values_list("seq", "text"))
    people = _names(events) if names else {}
    return [CourseLine(event, texts.get(event.seq, ""), people.get(event.actor, "")) for event in events]


def outages_between(*, start: datetime, end: datetime) -> list[Outage]:
    """Outages that overlap `[start, end)`, in their order; one still open lasts (clause 4.4)."""
    rows = Outage.objects.filter(began_at__lt=end).exclude(ended_at__lte=start)
    return list(rows.order_by("began_at", "pk"))


def _names(events: Sequence[Event]) -> dict[str, str]:
    ids = {int(event.actor.partition(":")[2]) for event in events if event.actor.startswith("user:")}
    return {f"user:{pk}": name for pk, name in User.objects.filter(pk__in=ids).values_list("pk", "full_name")}
