"""Who is on duty, by the roster and the absences; and what their pages show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.attendance import WEEK, Attendance, Stretch, midnight, monday_of
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.accounts.roster import ROSTER_ZONE, Absence, Shift
from mespace.platform.rows import name_key

LONGEST_SHIFT: Final = timedelta(hours=24)


def on_duty(at: datetime) -> list[int]:
    """Ids of the agents on duty at an instant, absent ones left out.

    In a week without any shift there is no roster, and every active agent who is not absent is on duty; in a week
    with one, only those whose shift it is, which may be nobody.
    """
    return attendance(at, at + timedelta(seconds=1)).at(at)


def attendance(start: datetime, end: datetime) -> Attendance:
    """The attendance that answers for any instant of `[start, end)`; three statements."""
    first, last = monday_of(start, ROSTER_ZONE), monday_of(end, ROSTER_ZONE) + WEEK
    begin, finish = midnight(first, ROSTER_ZONE), midnight(last, ROSTER_ZONE)
    shifts = Shift.objects.filter(starts_at__gte=begin - LONGEST_SHIFT, starts_at__lt=finish)
    absences = Absence.objects.filter(ends_at__gt=start, starts_at__lt=end)
    stretches = [Stretch(*row) for row in shifts.values_list("user_id", "starts_at", "ends_at")]
    return Attendance(
        agents=frozenset(agents().values_list("pk", flat=True)),
        shifts=stretches,
        absences=[Stretch(*row) for row in absences.values_list("user_id", "starts_at", "ends_at")],
        planned_weeks=frozenset(monday_of(each.start, ROSTER_ZONE) for each in stretches),
        zone=ROSTER_ZONE,
    )


def agents() -> QuerySet[User]:
    """Those who can be on duty: active agents, by name."""
    return User.objects.filter(is_active=True, roles__contains=[Role.AGENT]).order_by(name_key("full_name"), "pk")


@dataclass(frozen=True)
class AbsenceLine:
    """An absence as the reader may see it: `kind` is empty for those who need not know why."""

    id: int
    user_id: int
    name: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    may_change: bool


@dataclass(frozen=True)
class Roster:
    """A stretch of the roster, fully fetched."""

    people: list[User]
    shifts: list[Shift]
    absences: list[AbsenceLine]


def roster(*, actor: Actor, first: date, last: date) -> Roster:
    """The roster from `first` to `last`, both included: active agents by name, shifts, absences. Raises Refused."""
    actor.require(Permission.DUTY_READ)
    begin, end = midnight(first, ROSTER_ZONE), midnight(last + timedelta(days=1), ROSTER_ZONE)
    shifts = Shift.objects.filter(starts_at__gte=begin - LONGEST_SHIFT, starts_at__lt=end, ends_at__gt=begin)
    absences = Absence.objects.filter(ends_at__gt=begin, starts_at__lt=end)
    return Roster(list(agents()), list(shifts.order_by("starts_at")), _lines(absences, actor))


def absences(*, actor: Actor, now: datetime) -> list[AbsenceLine]:
    """Absences that are not over, soonest first: everybody's for those who read the roster, else one's own."""
    rows = Absence.objects.filter(ends_at__gt=now)
    if not actor.can(Permission.DUTY_READ):
        rows = rows.filter(user_id=actor.person_id)
    return _lines(rows, actor)


def _lines(rows: QuerySet[Absence], actor: Actor) -> list[AbsenceLine]:
    manages = actor.can(Permission.DUTY_MANAGE)
    return [
        AbsenceLine(
            id=row.pk,
            user_id=row.user_id,
            name=row.user.full_name,
            kind=row.kind if manages or row.user_id == actor.user_id else "",
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            may_change=manages or row.user_id == actor.user_id,
        )
        for row in rows.select_related("user").order_by("starts_at", "pk")
    ]
