"""What the public status page shows: components, days, outages and planned work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q

from mespace.announcements.lifecycle import AHEAD, State
from mespace.announcements.models import (
    DayFigure,
    Entry,
    Impact,
    MaintenanceWindow,
    Outage,
    Probe,
    ProbeRound,
    ServiceComponent,
)
from mespace.announcements.operations.count_days import midnight
from mespace.announcements.seen import HOLD_FACTOR
from mespace.regulation.queries import MOSCOW

DAYS = 90
DAY_SECONDS = 86400
SKEW_SHOWN = 60


@dataclass(frozen=True)
class Bar:
    """One day of one component, in seconds; `whole` is as much of the day as has passed."""

    day: date
    up: int
    down: int
    planned: int
    whole: int

    @property
    def unknown(self) -> int:
        """Seconds that nobody looked at."""
        return max(0, self.whole - self.up - self.down)


@dataclass(frozen=True)
class ComponentStatus:
    """How a component stands, by announcements first and by measurement else; and its days, oldest first."""

    component: ServiceComponent
    state: str  # outage, degraded, work, down, up or unknown
    bars: list[Bar]

    @property
    def up(self) -> int:
        """Seconds seen up."""
        return sum(bar.up for bar in self.bars)

    @property
    def down(self) -> int:
        """Seconds seen down, announced work included."""
        return sum(bar.down for bar in self.bars)

    @property
    def planned(self) -> int:
        """Of these, within announced work."""
        return sum(bar.planned for bar in self.bars)

    @property
    def unknown(self) -> int:
        """Seconds that nobody looked at."""
        return sum(bar.unknown for bar in self.bars)

    @property
    def hundredths(self) -> int | None:
        """Hundredths of a percent of the measured time in which it was up, rounded down; None when nothing is known."""
        known = self.up + self.down
        return self.up * 10_000 // known if known else None


@dataclass(frozen=True)
class Incident:
    """An outage or planned work with its texts, newest first."""

    row: Outage | MaintenanceWindow
    texts: list[Entry]


@dataclass(frozen=True)
class ServiceStatus:
    """Everything on the page, as of `now`."""

    now: datetime
    components: list[ComponentStatus]
    outages: list[Incident]
    work: list[Incident]
    past: list[Incident]  # both, newest first
    measured_at: datetime | None  # the newest round
    skews: list[tuple[str, int]]  # probers whose clocks differ by a minute or more

    @property
    def worst(self) -> str:
        """The state of the worst component."""
        order = ("outage", "down", "degraded", "work", "unknown", "up")
        return min((each.state for each in self.components), key=order.index, default="unknown")


def service_status(*, now: datetime) -> ServiceStatus:
    """The state of the service and its last ninety days; ten statements."""
    today = now.astimezone(MOSCOW).date()
    first = today - timedelta(days=DAYS - 1)
    components = list(ServiceComponent.objects.filter(is_active=True))
    figures = {
        (pk, day): (up, down, planned)
        for pk, day, up, down, planned in DayFigure.objects.filter(day__gte=first).values_list(
            "component_id", "day", "up", "down", "planned"
        )
    }
    probes = list(Probe.objects.filter(is_active=True))
    measured = _measured_now(now)
    since = midnight(first)
    outages = list(Outage.objects.filter(Q(ended_at=None) | Q(ended_at__gte=since)).prefetch_related("components"))
    windows = list(
        MaintenanceWindow.objects.filter(Q(state__in=sorted(AHEAD)) | Q(restored_at__gte=since))
        .prefetch_related("components")
        .order_by("starts_at", "pk")
    )
    states = _announced_states(outages, windows, now)
    passed = int((now - midnight(today)).total_seconds())
    texts = _texts([*outages, *windows])

    def days_of(pk: int) -> list[Bar]:
        bars = []
        for number in range(DAYS):
            day = first + timedelta(days=number)
            whole = passed if day == today else DAY_SECONDS
            bars.append(Bar(day, *figures.get((pk, day), (0, 0, 0)), whole))
        return bars

    def incident(row: Outage | MaintenanceWindow) -> Incident:
        return Incident(row, texts.get(row.stream_id, []))

    over: list[Outage | MaintenanceWindow] = [row for row in outages if row.ended_at is not None]
    over += [row for row in windows if row.state == State.RESTORED]
    over.sort(key=lambda row: row.began_at if isinstance(row, Outage) else row.starts_at, reverse=True)
    return ServiceStatus(
        now=now,
        components=[
            ComponentStatus(row, states.get(row.pk) or measured.get(row.code, "unknown"), days_of(row.pk))
            for row in components
        ],
        outages=[incident(row) for row in outages if row.ended_at is None],
        work=[incident(row) for row in windows if row.state in AHEAD],
        past=[incident(row) for row in over],
        measured_at=max((each.last_counts_at for each in probes if each.last_counts_at), default=None),
        skews=[(each.code, each.skew_seconds) for each in probes if abs(each.skew_seconds) >= SKEW_SHOWN],
    )


def _measured_now(now: datetime) -> dict[str, str]:
    """By component: what the newest round of each prober says, while it still holds."""
    newest = ProbeRound.objects.filter(probe__is_active=True, seq=F("probe__last_seq"))
    seen: dict[str, set[bool]] = {}
    for at, said in newest.values_list("counts_at", "results"):
        if now - at <= timedelta(seconds=said["every"] * HOLD_FACTOR):
            for code, look in said["seen"].items():
                seen.setdefault(code, set()).add(look["ok"])
    return {code: "up" if True in oks else "down" for code, oks in seen.items()}


def _announced_states(outages: list[Outage], windows: list[MaintenanceWindow], now: datetime) -> dict[int, str]:
    states: dict[int, str] = {}
    for window in windows:
        if window.state in AHEAD and window.starts_at <= now:
            states |= {component.pk: "work" for component in window.components.all()}
    for impact, state in ((Impact.DEGRADED, "degraded"), (Impact.DOWN, "outage")):
        for outage in outages:
            if outage.ended_at is None and outage.impact == impact:
                states |= {component.pk: state for component in outage.components.all()}
    return states


def _texts(rows: list[Outage | MaintenanceWindow]) -> Mapping[UUID, list[Entry]]:
    found: dict[UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(stream__in=[row.stream_id for row in rows]).order_by("-at", "-seq"):
        if entry.text:
            found.setdefault(entry.stream_id, []).append(entry)
    return found
