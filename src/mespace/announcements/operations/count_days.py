"""The figures of days, counted anew from the rounds: never added to, so a late delivery changes nothing twice."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from mespace.announcements.lifecycle import State
from mespace.announcements.models import DayFigure, MaintenanceWindow, ProbeRound, ServiceComponent
from mespace.announcements.probe_rounds import LONGEST_EVERY
from mespace.announcements.seen import Look, seconds_seen, stretches
from mespace.regulation.queries import MOSCOW

BEFORE = timedelta(seconds=3 * LONGEST_EVERY)  # a look of the evening before may reach into the day
DAY = timedelta(days=1)


@transaction.atomic
def count_days(*, first: date, last: date, now: datetime) -> None:
    """Count the Moscow days from `first` to `last` anew, as of `now`, for every component."""
    components = list(ServiceComponent.objects.select_for_update().order_by("pk"))  # one at a time: no stale count last
    day = first
    while day <= last:
        _count(day, components, now)
        day += DAY


def _count(day: date, components: list[ServiceComponent], now: datetime) -> None:
    start, end = midnight(day), midnight(day + DAY)
    until = min(end, now)
    rounds = ProbeRound.objects.filter(counts_at__gte=start - BEFORE, counts_at__lt=end).order_by("probe_id", "seq")
    looks: dict[str, dict[int, list[Look]]] = {}
    for probe, at, said in rounds.values_list("probe_id", "counts_at", "results"):
        for code, seen in said["seen"].items():
            looks.setdefault(code, {}).setdefault(probe, []).append(
                Look(int(at.timestamp()), said["every"], seen["ok"])
            )
    windows = _planned(start, until)
    rows = []
    for component in components:
        of = looks.get(component.code)
        if of is None:
            continue
        probers = [stretches(each, until=int(until.timestamp())) for each in of.values()]
        span = {"start": int(start.timestamp()), "end": int(until.timestamp())}
        found = seconds_seen(probers, windows.get(component.pk, []), **span)
        rows.append(DayFigure(component=component, day=day, up=found.up, down=found.down, planned=found.planned))
    DayFigure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["component", "day"], update_fields=["up", "down", "planned"]
    )


def _planned(start: datetime, end: datetime) -> dict[int, list[tuple[int, int]]]:
    """Announced work by component, until the instant that was promised last, or until access was restored."""
    rows = MaintenanceWindow.objects.filter(starts_at__lt=end).exclude(state=State.CANCELLED)
    rows = rows.filter(Q(restored_at__gt=start) | Q(restored_at=None, restore_at__gt=start))
    found: dict[int, list[tuple[int, int]]] = {}
    for window in rows.prefetch_related("components"):
        over = min(window.restored_at or window.restore_at, window.restore_at)
        for component in window.components.all():
            found.setdefault(component.pk, []).append((int(window.starts_at.timestamp()), int(over.timestamp())))
    return found


def midnight(day: date) -> datetime:
    """The instant at which the Moscow day begins."""
    return datetime.combine(day, time(), MOSCOW)
