from datetime import UTC, date, datetime, timedelta

from mespace.accounts.attendance import Attendance, Stretch, merged, without
from mespace.accounts.roster import ROSTER_ZONE

MONDAY = date(2026, 11, 16)
ANNA, BORIS = 1, 2


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November by Moscow's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ROSTER_ZONE)


def attendance(shifts=(), absences=(), planned=(MONDAY,)) -> Attendance:
    return Attendance(frozenset({ANNA, BORIS}), list(shifts), list(absences), frozenset(planned), ROSTER_ZONE)


def test_a_shift_is_half_open() -> None:
    there = attendance([Stretch(ANNA, at(18, 8), at(18, 17))])
    assert there.at(at(18, 8)) == [ANNA]
    assert there.at(at(18, 16, 59)) == [ANNA]
    assert there.at(at(18, 17)) == []


def test_an_absence_is_stronger_than_a_shift_and_ends_on_its_instant() -> None:
    there = attendance([Stretch(ANNA, at(18, 8), at(18, 17))], [Stretch(ANNA, at(18, 10), at(18, 12))])
    assert [there.at(at(18, hour)) for hour in (9, 10, 11, 12)] == [[ANNA], [], [], [ANNA]]


def test_in_a_week_without_roster_everybody_who_is_not_away_is_on_duty() -> None:
    there = attendance(absences=[Stretch(ANNA, at(18, 0), at(19, 0))], planned=())
    assert there.at(at(18, 3)) == [BORIS]
    assert there.at(at(19, 0)) == [ANNA, BORIS]


def test_the_roster_of_one_week_says_nothing_of_the_next() -> None:
    there = attendance([Stretch(ANNA, at(18, 8), at(18, 17))])
    assert there.at(at(22, 23, 59)) == []  # Sunday
    assert there.at(at(23, 0)) == [ANNA, BORIS]


def test_somebody_who_left_is_never_on_duty() -> None:
    stranger = 9
    assert attendance([Stretch(stranger, at(18, 8), at(18, 17))]).at(at(18, 9)) == []


def test_attended_is_the_union_less_absences() -> None:
    there = attendance(
        [Stretch(ANNA, at(18, 8), at(18, 13)), Stretch(BORIS, at(18, 12), at(18, 17))],
        [Stretch(ANNA, at(18, 9), at(18, 10)), Stretch(BORIS, at(18, 16), at(20, 0))],
    )
    assert there.attended(at(18, 0), at(19, 0)) == [(at(18, 8), at(18, 9)), (at(18, 10), at(18, 16))]
    assert there.attended(at(18, 8, 30), at(18, 8, 45)) == [(at(18, 8, 30), at(18, 8, 45))]
    assert there.attended(at(19, 0), at(20, 0)) == []


def test_attended_goes_over_into_a_week_without_roster() -> None:
    there = attendance([Stretch(ANNA, at(20, 8), at(20, 17))])
    assert there.attended(at(20, 16), at(24, 9)) == [(at(20, 16), at(20, 17)), (at(23, 0), at(24, 9))]


def test_attended_agrees_with_every_instant() -> None:
    there = attendance(
        [Stretch(ANNA, at(18, 8), at(18, 17)), Stretch(BORIS, at(18, 20), at(19, 8))],
        [Stretch(ANNA, at(18, 9, 15), at(18, 11)), Stretch(BORIS, at(19, 1), at(19, 2))],
    )
    parts = there.attended(at(17, 0), at(25, 0))
    instant = at(17, 0)
    while instant < at(25, 0):
        assert bool(there.at(instant)) == any(start <= instant < end for start, end in parts), instant
        instant += timedelta(minutes=15)


def test_unions_and_holes() -> None:
    hours = [datetime(2026, 1, 1, hour, tzinfo=UTC) for hour in range(10)]
    assert merged([(hours[4], hours[5]), (hours[0], hours[2]), (hours[2], hours[3])]) == [
        (hours[0], hours[3]),
        (hours[4], hours[5]),
    ]
    assert without([(hours[0], hours[9])], [(hours[0], hours[1]), (hours[3], hours[4]), (hours[8], hours[9])]) == [
        (hours[1], hours[3]),
        (hours[4], hours[8]),
    ]
    assert without([(hours[1], hours[2])], [(hours[0], hours[9])]) == []
