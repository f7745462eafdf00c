"""The whole verdict: its bundle form, whose ball it is, what it refuses, and its laws."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.regulation.core.errors import FactsInvalid, RegulationError
from mespace.regulation.core.facts import Accepted, Moved, Registered
from mespace.regulation.core.instants import offset_text, parse_utc, utc_text
from mespace.regulation.core.verdict import verdict
from mespace.regulation.tests.core.histories import History, histories
from mespace.regulation.tests.core.moscow import CALENDAR, CALENDARS, HOUR, PARAMETERS, at, corrected


def test_the_bundle_form() -> None:
    history = History().filed("2024-12-27 16:30", criticality="critical").accepted("2024-12-28 09:10")
    history.asked("2024-12-28 09:20").receipt("2024-12-28 10:00", "read").ended("2024-12-28 11:00", "answered")
    history.moved("2024-12-28 12:00", "closed", resolution="solved")
    assert history.verdict("2025-01-10 10:00").as_json() == {
        "as_of": "2025-01-10T07:00:00Z",
        "status": "closed",
        "resolution": "solved",
        "reaction": {
            "state": "kept",
            "registered_at": "2024-12-27T13:30:00Z",
            "due": "2024-12-28T06:30:00Z",
            "reacted_at": "2024-12-28T06:10:00Z",
            "target_seconds": 7200,
            "working_seconds": 6000,
            "deadlines": [{"seq": 1, "due": "2024-12-28T06:30:00Z", "target_seconds": 7200, "cause": "registered"}],
        },
        "terms": [
            {
                "term": 1,
                "kind": "question",
                "opened_at": "2024-12-28T06:20:00Z",
                "presumed_at": "2025-01-09T14:00:00Z",
                "received_at": "2024-12-28T07:00:00Z",
                "evidence": "read",
                "reminder_at": "2025-01-10T05:00:00Z",
                "due": "2025-01-13T14:00:00Z",
                "ended_at": "2024-12-28T08:00:00Z",
                "outcome": "answered",
            }
        ],
        "time": {
            "vendor": 1800 + 4800 + 3600,
            "customer": 6000,
            "third_party": 0,
            "outside": 15 * HOUR,
            "nobody": 0,
            "total": 19 * HOUR + 1800,
        },
    }


def test_time_closed_before_a_reopening_is_nobodys() -> None:
    history = History().filed("2024-12-26 09:00").accepted("2024-12-26 10:00")
    history.moved("2024-12-26 11:00", "closed", resolution="solved").moved("2024-12-27 09:00", "analysis")
    history.moved("2024-12-27 10:00", "suspended", waiting_for="third_party")
    history.moved("2024-12-27 12:00", "in_progress").moved("2024-12-27 13:00", "closed", resolution="solved")
    time = history.verdict("2025-01-10 10:00").time
    assert (time.vendor, time.customer, time.third_party, time.outside, time.nobody) == (
        2 * HOUR + HOUR + HOUR, 0, 2 * HOUR, 0, 22 * HOUR,
    )  # fmt: skip
    assert time.total == 28 * HOUR


def test_each_stretch_is_measured_by_the_calendar_named_last() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2024-12-27": {"type": "moved_day_off", "source": "x"}})}
    history = History().filed("2024-12-26 16:00").repinned("2024-12-27 09:00", "reaction", "ru-2")
    time = history.verdict("2024-12-28 09:00", calendars).time
    assert time.vendor == 2 * HOUR + HOUR  # the hour of the 27th before the correction stays as it was seen then
    assert time.total == 41 * HOUR


def test_as_things_stood() -> None:
    history = History().filed("2024-12-26 09:00").accepted("2024-12-26 10:00")
    assert history.verdict("2024-12-26 09:59:59").status == "open"
    assert history.verdict("2024-12-26 09:59:59").reaction.state == "running"
    assert history.verdict("2024-12-26 10:00").status == "analysis"


def test_a_verdict_names_what_rests_on_a_provisional_year() -> None:
    assert History().filed("2027-12-30 16:00").verdict("2027-12-30 16:00").reaction.rests_on_provisional
    assert not History().filed("2027-12-29 16:00").verdict("2027-12-29 16:00").reaction.rests_on_provisional


def test_impossible_histories_are_refused() -> None:
    filed = History().filed("2024-12-26 09:00").facts
    registered = filed[0]
    assert isinstance(registered, Registered)
    when = at("2024-12-27 00:00")
    for facts, message in [
        ([], "registration"),
        (filed[1:], "registration"),
        ([*filed, registered], "registered before"),
        ([*filed, Accepted(seq=2, at=at("2024-12-26 08:59:59"))], "lies before"),
        ([*filed, Accepted(seq=0, at=at("2024-12-26 09:00"))], "lies before"),
        (filed[:1], "move to open"),
        ([*filed, Moved(seq=2, at=at("2024-12-26 10:00"), to="lost")], "no status is called lost"),
        ([*filed, Moved(seq=2, at=at("2024-12-26 10:00"), to="suspended", waiting_for="vendor")], "suspended"),
    ]:
        with pytest.raises(FactsInvalid, match=message):
            verdict(facts, CALENDARS, PARAMETERS, when)
    with pytest.raises(FactsInvalid, match="before the registration"):
        verdict(filed, CALENDARS, PARAMETERS, at("2024-12-26 08:59:59"))
    with pytest.raises(RegulationError, match="calendar ru-1 was not given"):
        verdict(filed, {}, PARAMETERS, when)


@given(histories())
def test_the_parts_sum_to_the_wall_clock(drawn: tuple[History, int]) -> None:
    history, as_of = drawn
    found = history.verdict(as_of)
    last = [fact for fact in history.facts if isinstance(fact, Moved)][-1]
    end = last.at if found.status == "closed" else as_of
    assert found.time.total == end - history.facts[0].at
    assert all(seconds >= 0 for seconds in found.time.as_json().values())
    worked = found.time.vendor + found.time.customer + found.time.third_party
    if not found.time.nobody:
        assert worked == CALENDAR.between(history.facts[0].at, end)


@given(histories())
def test_a_verdict_that_was_given_never_changes(drawn: tuple[History, int]) -> None:
    history, as_of = drawn
    now, later = history.verdict(as_of), history.verdict(as_of + 30 * 24 * HOUR)
    if now.reaction.state != "running":
        assert later.reaction.state == now.reaction.state
    assert later.reaction.deadlines == now.reaction.deadlines
    for before, after in zip(now.terms, later.terms, strict=True):
        if not before.is_running:
            assert after == before
        elif before.received_at is not None:
            assert (after.received_at, after.due) == (before.received_at, before.due)


@given(histories())
def test_a_term_keeps_its_order(drawn: tuple[History, int]) -> None:
    history, as_of = drawn
    for term in history.verdict(as_of).terms:
        assert term.opened_at < term.presumed_at
        assert term.reminder_at < term.due
        if term.received_at is not None:
            assert term.opened_at <= term.received_at <= term.presumed_at


@given(st.integers(at("2019-01-01 00:00"), at("2028-01-01 00:00")), st.integers(-14 * 60, 14 * 60))
def test_any_zone_in_the_same_instant_out(instant: int, minutes: int) -> None:
    text = offset_text(instant, minutes * 60)
    assert int(datetime.fromisoformat(text).timestamp()) == instant
    same = datetime.fromtimestamp(instant, timezone(timedelta(minutes=minutes))).astimezone(UTC)
    assert CALENDAR.due(int(same.timestamp()), 7200) == CALENDAR.due(instant, 7200)
    assert parse_utc(utc_text(instant)) == instant
