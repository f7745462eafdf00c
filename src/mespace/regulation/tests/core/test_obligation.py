"""When an obligation is due, and what its verdict is (E5)."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.regulation.core.errors import FactsInvalid, RegulationError
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.obligation import ObligationVerdict, obligation_verdict, promised_due
from mespace.regulation.core.obligation_days import days_counted
from mespace.regulation.core.obligation_facts import DueMoved, Fulfilled, Missed, Opened, Promise, Withdrawn
from mespace.regulation.tests.core.moscow import CALENDAR, CALENDARS, PARAMETERS, SlowModel, at, corrected, shown

THREE_DAYS = Promise(form="working_days", parameter="onboarding_days")


def opened(when: str, *, since: str | None = None, promise: Promise = THREE_DAYS) -> list[Fact]:
    start = at(since or when)
    return [Opened(seq=1, at=at(when), kind="onboarding", clause="3.1", since=start, promise=promise, calendar="ru-1")]


def judged(facts: list[Fact], as_of: str, **more: object) -> ObligationVerdict:
    return obligation_verdict(facts, {**CALENDARS, **more}, PARAMETERS, at(as_of))


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-11-18 09:00", "2026-11-23 17:00:00"),  # Wednesday
        ("2026-11-18 23:59:59", "2026-11-23 17:00:00"),  # the date counts, not the hour
        ("2026-11-19 00:00", "2026-11-24 17:00:00"),
        ("2026-11-21 12:00", "2026-11-25 17:00:00"),  # a day off is day 0 as well
        ("2024-12-26 10:00", "2025-01-09 17:00:00"),  # a worked Saturday, then the long holidays
        ("2024-12-27 10:00", "2025-01-10 17:00:00"),
    ],
)
def test_three_working_days(since: str, due: str) -> None:
    assert shown(judged(opened(since), since).due) == due


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        (Promise(form="calendar_days", parameter="notice_days"), "2026-12-04 00:00:00"),
        (Promise(form="calendar_days", days=1), "2026-11-20 00:00:00"),
        (Promise(form="days_before", on=date(2027, 1, 15), parameter="notice_days"), "2027-01-01 00:00:00"),
        (Promise(form="days_before", on=date(2027, 1, 15), days=1), "2027-01-15 00:00:00"),
        (Promise(form="instant", at=at("2026-11-20 12:34:56")), "2026-11-20 12:34:56"),
    ],
)
def test_other_forms_of_promise(promise: Promise, due: str) -> None:
    assert shown(judged(opened("2026-11-18 09:00", promise=promise), "2026-11-18 09:00").due) == due


@pytest.mark.parametrize(
    "promise",
    [
        Promise(form="working_days"),
        Promise(form="days_before", days=3),
        Promise(form="instant"),
        Promise(form="soon", days=1),
        Promise(form="working_days", parameter="reopen_seconds"),
        Promise(form="working_days", parameter="onboarding_days", days=3),
        Promise(form="working_days", parameter="lucky_days"),
    ],
)
def test_a_promise_that_says_nothing_is_refused(promise: Promise) -> None:
    with pytest.raises(RegulationError):
        promised_due(promise, since=at("2026-11-18 09:00"), calendar=CALENDAR, parameters=PARAMETERS)


@given(
    st.integers(at("2023-01-10 00:00"), at("2026-10-01 00:00")),
    st.integers(1, 25),
)
def test_working_days_by_a_slow_model(since: int, days: int) -> None:
    promise = Promise(form="working_days", days=days)
    due = promised_due(promise, since=since, calendar=CALENDAR, parameters=PARAMETERS)
    assert due == SlowModel().day_end(since, days)


@given(st.integers(at("2023-01-10 00:00"), at("2026-10-01 00:00")), st.integers(1, 25))
def test_the_days_shown_are_those_that_were_counted(since: int, days: int) -> None:
    promise = Promise(form="working_days", days=days)
    facts: list[Fact] = [Opened(seq=1, at=since, kind="x", clause="1", since=since, promise=promise, calendar="ru-1")]
    given_verdict = obligation_verdict(facts, CALENDARS, PARAMETERS, since)
    rows = days_counted(given_verdict, CALENDARS, PARAMETERS)
    assert [row.number for row in rows if row.number is not None] == list(range(1, days + 1))
    assert rows[0].why == "day_zero"
    assert rows[-1].days.last == CALENDAR.local_date(given_verdict.due)
    for before, after in pairwise(rows):
        assert after.days.first == before.days.last + timedelta(days=1)


def test_days_of_other_promises_are_told_in_one_row() -> None:
    for promise, why in (
        (Promise(form="calendar_days", days=15), ["day_zero", "calendar_days"]),
        (Promise(form="days_before", on=date(2027, 1, 15), days=15), ["calendar_days", "announced_day"]),
        (Promise(form="instant", at=at("2026-12-01 10:00")), []),
    ):
        found = judged(opened("2026-11-18 09:00", promise=promise), "2026-11-18 09:00")
        assert [row.why for row in days_counted(found, CALENDARS, PARAMETERS)] == why


def test_due_at_the_second() -> None:
    facts = opened("2026-11-18 09:00")
    assert judged(facts, "2026-11-23 17:00").state == "open"
    late = judged(facts, "2026-11-23 17:00:01")
    assert (late.state, late.missed_at, late.is_owed) == ("missed", at("2026-11-23 17:00"), True)
    for when, state in (("2026-11-23 17:00", "fulfilled"), ("2026-11-23 17:00:01", "late")):
        done = judged([*facts, Fulfilled(seq=2, at=at(when))], "2026-12-01 09:00")
        assert (done.state, done.fulfilled_at, done.is_owed) == (state, at(when), False)


def test_a_miss_on_record_is_the_same_as_a_computed_one() -> None:
    facts = opened("2026-11-18 09:00")
    recorded = [*facts, Missed(seq=2, at=at("2026-11-23 17:00"))]
    assert judged(recorded, "2026-11-24 09:00") == judged(facts, "2026-11-24 09:00")


def test_entered_late_it_is_broken_from_the_first_second() -> None:
    found = judged(opened("2026-11-25 10:00", since="2026-11-10 00:00"), "2026-11-25 10:00")
    assert (found.state, found.was_entered_late, found.wakes_at) == ("missed", True, None)
    assert found.missed_at == at("2026-11-25 10:00")  # the timer never acts before the entry
    assert judged(opened("2026-11-18 09:00"), "2026-11-18 09:00").was_entered_late is False


def test_moved_deadlines_keep_all_readings() -> None:
    facts = [
        *opened("2026-11-18 09:00"),
        DueMoved(seq=2, at=at("2026-11-20 09:00"), due=at("2026-11-30 12:00"), reason="supplier"),
        DueMoved(seq=3, at=at("2026-11-20 10:00"), due=at("2026-11-26 12:00"), reason="sooner"),
        Fulfilled(seq=4, at=at("2026-11-27 09:00")),
    ]
    found = judged(facts, "2026-12-01 09:00")
    assert (found.state, found.missed_at) == ("late", at("2026-11-26 12:00"))
    assert [(each.cause, each.reason, each.reading) for each in found.deadlines] == [
        ("opened", None, "broken"),
        ("moved", "supplier", "kept"),
        ("moved", "sooner", "broken"),
    ]
    running = judged(facts, "2026-11-20 09:00")
    assert [each.reading for each in running.deadlines] == ["running", "running"]


def test_a_passed_deadline_stays_broken_after_a_new_promise() -> None:
    facts = [
        *opened("2026-11-18 09:00"),
        DueMoved(seq=2, at=at("2026-11-24 09:00"), due=at("2026-11-30 12:00"), reason="supplier"),
    ]
    assert judged(facts, "2026-11-24 09:00").state == "missed"
    done = judged([*facts, Fulfilled(seq=3, at=at("2026-11-25 09:00"))], "2026-12-01 09:00")
    assert (done.state, done.deadlines[1].reading) == ("late", "kept")


def test_withdrawn_is_neither_and_a_miss_stays() -> None:
    for when, missed in (("2026-11-20 09:00", None), ("2026-11-24 09:00", at("2026-11-23 17:00"))):
        facts = [*opened("2026-11-18 09:00"), Withdrawn(seq=2, at=at(when), reason="mistake")]
        found = judged(facts, "2026-12-01 09:00")
        assert (found.state, found.missed_at, found.reason) == ("withdrawn", missed, "mistake")
        assert found.deadlines[0].reading == ("withdrawn" if missed is None else "broken")


def test_a_corrected_calendar_counts_anew_but_acts_only_from_then_on() -> None:
    later = corrected({"2026-11-20": {"type": "moved_day_off", "source": "x"}}, code="ru-2")
    sooner = corrected({"2026-11-21": {"type": "worked_weekend", "source": "x"}}, code="ru-3")
    found = judged(
        [*opened("2026-11-18 09:00"), Repinned(seq=2, at=at("2026-11-19 09:00"), subject="due", calendar="ru-2")],
        "2026-11-19 09:00",
        **{"ru-2": later},
    )
    assert [shown(each.due) for each in found.deadlines] == ["2026-11-23 17:00:00", "2026-11-24 17:00:00"]
    when = at("2026-11-22 09:00")
    facts = [*opened("2026-11-18 09:00"), Repinned(seq=2, at=when, subject="due", calendar="ru-3")]
    found = judged(facts, "2026-11-22 09:00", **{"ru-3": sooner})
    assert (found.state, shown(found.due), found.missed_at) == ("missed", "2026-11-21 17:00:00", when)


def test_a_provisional_year_is_marked() -> None:
    assert judged(opened("2026-11-18 09:00"), "2026-11-18 09:00").rests_on_provisional is False
    assert judged(opened("2027-12-30 09:00"), "2027-12-30 09:00").rests_on_provisional is True
    fixed = opened("2027-12-30 09:00", promise=Promise(form="instant", at=at("2028-01-10 10:00")))
    assert judged(fixed, "2027-12-30 09:00").rests_on_provisional is False


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [Fulfilled(seq=1, at=at("2026-11-18 09:00"))],
        [*opened("2026-11-18 09:00"), *opened("2026-11-18 09:00")],
        [*opened("2026-11-18 09:00"), Fulfilled(seq=2, at=at("2026-11-18 08:59"))],
        [*opened("2026-11-18 09:00"), Fact(seq=2, at=at("2026-11-18 09:00"))],
        [
            *opened("2026-11-18 09:00"),
            Fulfilled(seq=2, at=at("2026-11-18 09:00")),
            Missed(seq=3, at=at("2026-11-23 17:00")),
        ],
    ],
)
def test_what_cannot_be_a_history_is_refused(facts: list[Fact]) -> None:
    with pytest.raises(FactsInvalid):
        judged(facts, "2026-12-01 09:00")


def test_nothing_is_said_of_the_time_before_it_was_entered_or_without_its_calendar() -> None:
    with pytest.raises(FactsInvalid):
        judged(opened("2026-11-18 09:00"), "2026-11-18 08:59")
    with pytest.raises(RegulationError):
        obligation_verdict(opened("2026-11-18 09:00"), {}, PARAMETERS, at("2026-11-18 09:00"))


def test_the_bundles_form() -> None:
    assert judged(opened("2026-11-18 09:00"), "2026-11-18 09:00").as_json() == {
        "as_of": "2026-11-18T06:00:00Z",
        "kind": "onboarding",
        "clause": "3.1",
        "since": "2026-11-18T06:00:00Z",
        "opened_at": "2026-11-18T06:00:00Z",
        "due": "2026-11-23T14:00:00Z",
        "state": "open",
        "fulfilled_at": None,
        "missed_at": None,
        "withdrawn_at": None,
        "reason": None,
        "deadlines": [
            {"seq": 1, "due": "2026-11-23T14:00:00Z", "cause": "opened", "reason": None, "reading": "running"}
        ],
    }
