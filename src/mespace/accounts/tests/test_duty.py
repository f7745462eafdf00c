from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from mespace.accounts import duty
from mespace.accounts.actor import Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations._absence import Away
from mespace.accounts.operations.change_absence import change_absence
from mespace.accounts.operations.plan_shifts import ShiftPlan, plan_shifts
from mespace.accounts.operations.record_absence import record_absence
from mespace.accounts.operations.remove_absence import remove_absence
from mespace.accounts.operations.remove_shift import remove_shift
from mespace.accounts.roster import ROSTER_ZONE, Absence, Shift
from mespace.platform.idempotency import KeyReused
from mespace.platform.rows import RowNotFound
from tests.cast import WEDNESDAY

pytestmark = pytest.mark.django_db
WEEK = [date(2026, 11, 16) + timedelta(days=number) for number in range(5)]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ROSTER_ZONE)


def planned(cast: Any, *names: str, key: str = "k1", **changes: Any) -> int:
    fields: dict[str, Any] = {"days": WEEK, "starts": time(8), "ends": time(17)} | changes
    ids = [cast.users[name].pk for name in names]
    return plan_shifts(actor=cast.manager, now=WEDNESDAY, key=key, plan=ShiftPlan(user_ids=ids, **fields))


def away(cast: Any, name: str, first: datetime, last: datetime, kind: str = "vacation") -> Away:
    return Away(cast.users[name].pk, kind, first, last)


def recorded(cast: Any, by: str, absence: Away, key: str = "a1") -> Absence:
    return record_absence(actor=cast.actors[by], now=WEDNESDAY, key=key, away=absence)


def test_without_a_roster_every_active_agent_is_on_duty(cast: Any) -> None:
    everybody = sorted(cast.users[name].pk for name in ("agent", "second_agent"))
    assert duty.on_duty(WEDNESDAY) == everybody
    User.objects.filter(pk=cast.agent.user_id).update(is_active=False)
    assert duty.on_duty(WEDNESDAY) == [cast.second_agent.user_id]


def test_with_a_roster_only_those_whose_shift_it_is(cast: Any) -> None:
    planned(cast, "agent")
    assert duty.on_duty(WEDNESDAY) == [cast.agent.user_id]
    assert duty.on_duty(at(18, 7)) == []
    assert duty.on_duty(at(18, 17)) == []
    assert len(duty.on_duty(at(24, 9))) == 2  # the next week has no roster
    recorded(cast, "agent", away(cast, "agent", at(18, 0), at(19, 0)))
    assert duty.on_duty(WEDNESDAY) == []
    assert duty.on_duty(at(19, 9)) == [cast.agent.user_id]


def test_who_is_on_duty_takes_three_statements(cast: Any) -> None:
    planned(cast, "agent", "second_agent")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        duty.on_duty(WEDNESDAY)
    assert len(statements) == 3


def test_a_night_shift_ends_on_the_next_day(cast: Any) -> None:
    assert planned(cast, "agent", days=[date(2026, 11, 22)], starts=time(20), ends=time(8)) == 1
    shift = Shift.objects.get()
    assert (shift.starts_at, shift.ends_at) == (at(22, 20), at(23, 8))
    assert duty.on_duty(at(22, 23)) == [cast.agent.user_id]


def test_planning_again_adds_what_is_new_only(cast: Any) -> None:
    assert planned(cast, "agent") == 5
    assert planned(cast, "agent", key="k1") == 5  # the same form, sent again
    assert planned(cast, "agent", "second_agent", key="k2") == 5
    assert Shift.objects.count() == 10
    with pytest.raises(KeyReused):
        planned(cast, "second_agent", key="k1")


def test_a_shift_in_the_way_is_named_or_gives_way(cast: Any) -> None:
    planned(cast, "agent")
    with pytest.raises(ValidationError) as refusal:
        planned(cast, "agent", key="k2", starts=time(12), ends=time(21))
    assert "Agent" in refusal.value.message_dict["replaces"][0]
    assert planned(cast, "agent", key="k3", days=WEEK[:1], starts=time(12), ends=time(21), replaces=True) == 1
    assert [shift.starts_at.astimezone(ROSTER_ZONE).hour for shift in Shift.objects.order_by("starts_at")][:2] == [
        12,
        8,
    ]
    assert (
        planned(cast, "agent", key="k4", days=WEEK[:1], starts=time(21), ends=time(23)) == 1
    )  # touching is no overlap


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"days": []}, "days"), ({"days": [date(2026, 1, 1) + timedelta(days=n) for n in range(2001)]}, "days")],
)
def test_what_cannot_be_planned_is_named(cast: Any, changes: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(cast, "agent", **changes)
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("names", [(), ("manager",), ("agent", "engineer")])
def test_only_agents_are_planned(cast: Any, names: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        planned(cast, *names)
    assert list(refusal.value.message_dict) == ["people"]


@pytest.mark.parametrize("who", ["agent", "contractor", "director", "auditor", "administrator", "responsible"])
def test_managers_alone_plan(cast: Any, who: str) -> None:
    planned(cast, "agent")
    shift = Shift.objects.first()
    assert shift is not None
    plan = ShiftPlan([cast.agent.user_id], WEEK, time(18), time(19))
    with pytest.raises(Refused):
        plan_shifts(actor=cast.actors[who], now=WEDNESDAY, key="x", plan=plan)
    with pytest.raises(Refused):
        remove_shift(actor=cast.actors[who], shift_id=shift.pk)


def test_a_shift_is_taken_off(cast: Any) -> None:
    planned(cast, "agent", days=WEEK[:1])
    remove_shift(actor=cast.manager, shift_id=Shift.objects.get().pk)
    assert not Shift.objects.exists()
    with pytest.raises(RowNotFound):
        remove_shift(actor=cast.manager, shift_id=1)


def test_everybody_who_works_on_requests_notes_their_own_absence(cast: Any) -> None:
    for number, who in enumerate(("agent", "contractor")):
        assert recorded(cast, who, away(cast, who, at(18, 0), at(20, 0)), key=str(number)).user_id == cast.users[who].pk
    again = recorded(cast, "agent", away(cast, "agent", at(18, 0), at(20, 0)), key="0")
    assert Absence.objects.filter(user=again.user).count() == 1
    with pytest.raises(Refused):
        recorded(cast, "agent", away(cast, "second_agent", at(18, 0), at(20, 0)), key="2")
    for who in ("director", "auditor", "administrator", "responsible", "engineer"):
        with pytest.raises(Refused):
            recorded(cast, who, away(cast, who, at(18, 0), at(20, 0)), key="3")


def test_managers_note_anybody_s_of_the_vendor(cast: Any) -> None:
    assert recorded(cast, "manager", away(cast, "agent", at(18, 0), at(20, 0))).kind == "vacation"
    for stranger in ("engineer", "responsible"):
        with pytest.raises(PersonNotFound):
            recorded(cast, "manager", away(cast, stranger, at(18, 0), at(20, 0)), key="2")


@pytest.mark.parametrize(
    ("first", "last", "kind", "field"),
    [
        (at(18, 9), at(18, 9), "vacation", "last"),
        (at(18, 9), at(18, 8), "vacation", "last"),
        (at(18, 9), at(18, 9) + timedelta(days=2000), "vacation", "last"),
        (at(18, 9), at(18, 10), "moon", "kind"),
        (at(19, 9), at(19, 10), "training", "first"),
    ],
)
def test_absences_are_sound(cast: Any, first: Any, last: Any, kind: Any, field: Any) -> None:
    recorded(cast, "agent", away(cast, "agent", at(19, 0), at(20, 0)))
    with pytest.raises(ValidationError) as refusal:
        recorded(cast, "agent", away(cast, "agent", first, last, kind), key="2")
    assert list(refusal.value.message_dict) == [field]


def test_an_absence_is_changed_and_taken_back_by_whom_it_concerns(cast: Any) -> None:
    absence = recorded(cast, "agent", away(cast, "agent", at(19, 0), at(20, 0)))
    longer = away(cast, "agent", at(19, 0), at(21, 0), "sick_leave")
    changed = change_absence(actor=cast.agent, absence_id=absence.pk, away=longer)
    assert (changed.kind, changed.ends_at) == ("sick_leave", at(21, 0))
    with pytest.raises(Refused):
        change_absence(actor=cast.second_agent, absence_id=absence.pk, away=longer)
    with pytest.raises(RowNotFound):
        remove_absence(actor=cast.contractor, absence_id=absence.pk)
    remove_absence(actor=cast.manager, absence_id=absence.pk)
    assert not Absence.objects.exists()


def test_why_somebody_is_away_is_for_managers_and_themselves(cast: Any) -> None:
    recorded(cast, "agent", away(cast, "agent", at(18, 0), at(20, 0), "sick_leave"))

    def kinds(who: str) -> list[str]:
        return [line.kind for line in duty.absences(actor=cast.actors[who], now=WEDNESDAY)]

    assert kinds("manager") == kinds("agent") == ["sick_leave"]
    assert kinds("second_agent") == kinds("director") == [""]
    assert kinds("contractor") == []
    assert duty.absences(actor=cast.manager, now=at(20, 0)) == []


def test_the_roster_is_for_those_who_may_read_it(cast: Any) -> None:
    planned(cast, "agent")
    found = duty.roster(actor=cast.director, first=WEEK[0], last=WEEK[-1])
    assert (len(found.people), len(found.shifts)) == (2, 5)
    for who in ("contractor", "administrator", "engineer", "responsible"):
        with pytest.raises(Refused):
            duty.roster(actor=cast.actors[who], first=WEEK[0], last=WEEK[-1])


def test_the_database_refuses_backward_times_and_doubles(cast: Any) -> None:
    user = cast.users["agent"]
    for row in (
        Shift(user=user, starts_at=at(18, 9), ends_at=at(18, 9)),
        Absence(user=user, kind="other", starts_at=at(18, 9), ends_at=at(18, 8)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    Shift.objects.create(user=user, starts_at=at(18, 9), ends_at=at(18, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(user=user, starts_at=at(18, 9), ends_at=at(18, 11))
