"""When somebody attends to requests, by shifts and absences: pure intervals, no database and no clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

Interval = tuple[datetime, datetime]  # half-open
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Stretch:
    """One person's shift or absence `[start, end)`."""

    user_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Attendance:
    """Agents with their shifts and absences.

    A week that holds no shift has no roster: everybody who is not absent counts as on duty through all of it.
    """

    agents: frozenset[int]
    shifts: Sequence[Stretch]
    absences: Sequence[Stretch]
    planned_weeks: frozenset[date]
    """The Mondays of the weeks that have a roster."""
    zone: tzinfo

    def at(self, instant: datetime) -> list[int]:
        """Ids of the agents on duty at an instant, in order."""
        away = {each.user_id for each in self.absences if each.start <= instant < each.end}
        if monday_of(instant, self.zone) not in self.planned_weeks:
            return sorted(self.agents - away)
        there = {each.user_id for each in self.shifts if each.start <= instant < each.end}
        return sorted((there & self.agents) - away)

    def attended(self, start: datetime, end: datetime) -> list[Interval]:
        """The parts of `[start, end)` in which at least one agent is on duty, in order and apart from each other."""
        unplanned = list(self._unplanned(start, end))
        found: list[Interval] = []
        for agent in self.agents:
            there = [(each.start, each.end) for each in self.shifts if each.user_id == agent] + unplanned
            away = [(each.start, each.end) for each in self.absences if each.user_id == agent]
            found += without(_clipped(there, start, end), away)
        return merged(found)

    def _unplanned(self, start: datetime, end: datetime) -> Iterator[Interval]:
        monday = monday_of(start, self.zone)
        while (begin := midnight(monday, self.zone)) < end:
            if monday not in self.planned_weeks:
                yield begin, midnight(monday + WEEK, self.zone)
            monday += WEEK


def monday_of(instant: datetime, zone: tzinfo) -> date:
    """The Monday of the week that an instant lies in, by the zone's clock."""
    day = instant.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def midnight(day: date, zone: tzinfo) -> datetime:
    """The instant with which a date begins in the zone."""
    return datetime.combine(day, time(), zone)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The union, in order; parts that touch become one."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The union of `intervals` less `holes`, in order."""
    left: list[Interval] = []
    cut = merged(holes)
    for start, end in merged(intervals):
        begin = start
        for hole_start, hole_end in cut:
            if hole_start >= end:
                break
            if begin < hole_start:
                left.append((begin, hole_start))
            begin = max(begin, hole_end)
        if begin < end:
            left.append((begin, end))
    return left


def _clipped(intervals: Iterable[Interval], start: datetime, end: datetime) -> list[Interval]:
    cut = [(max(first, start), min(last, end)) for first, last in intervals]
    return [(first, last) for first, last in cut if first < last]
