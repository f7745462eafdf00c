"""The demo's duty roster: some weeks of shifts, and who is away."""

from datetime import date, datetime, time, timedelta

from mespace.accounts.attendance import midnight, monday_of
from mespace.accounts.operations._absence import Away
from mespace.accounts.operations.plan_shifts import ShiftPlan, plan_shifts
from mespace.accounts.operations.record_absence import record_absence
from mespace.accounts.roster import ROSTER_ZONE, AbsenceKind
from mespace.demo.world import Person, World
from mespace.regulation.core.working_time import WorkingCalendar

WEEKS_BACK, WEEKS_AHEAD = 6, 4


def plan_duty(world: World, *, calendar: WorkingCalendar, now: datetime) -> None:
    """Two agents a week in turn, from some weeks ago to some weeks ahead; one on vacation soon, one was ill."""
    manager = world.staff["sokolova"].actor
    agents = world.agents
    this_week = monday_of(now, ROSTER_ZONE)
    for number in range(-WEEKS_BACK, WEEKS_AHEAD + 1):
        monday = this_week + timedelta(weeks=number)
        pair = {agents[number % len(agents)].user.pk, agents[(number + 1) % len(agents)].user.pk}
        plan = ShiftPlan(sorted(pair), _working_days(calendar, monday), time(8), time(17))
        if plan.days:
            plan_shifts(actor=manager, now=now, key=f"demo-duty-{number}", plan=plan)
    soon, before = this_week + timedelta(weeks=1), this_week - timedelta(weeks=2)
    _away(agents[1 % len(agents)], AbsenceKind.VACATION, soon, soon + timedelta(days=14), now=now)
    _away(agents[0], AbsenceKind.SICK_LEAVE, before, before + timedelta(days=3), now=now)


def _working_days(calendar: WorkingCalendar, monday: date) -> list[date]:
    week = [monday + timedelta(days=number) for number in range(7)]
    return [day for day in week if calendar.day(day).is_working]


def _away(person: Person, kind: AbsenceKind, first: date, after: date, *, now: datetime) -> None:
    absence = Away(person.user.pk, kind, midnight(first, ROSTER_ZONE), midnight(after, ROSTER_ZONE))
    record_absence(actor=person.actor, now=now, key=f"demo-absence-{kind}", away=absence)
