"""Working time at every boundary, against a slow model, and by its laws (clause 1)."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import CalendarInvalid, CalendarMissing, RegulationError, SpanBackwards
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.data.shipped import calendar_content
from mespace.regulation.tests.core.moscow import CALENDAR, HOUR, PARAMETERS, SlowModel, at, shown

instants = st.integers(CALENDAR.first_instant, at("2028-06-01 00:00"))
spans = st.integers(1, 400 * HOUR)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2024-12-27 16:30", 2, "2024-12-28 09:30:00"),  # into a worked Saturday
        ("2024-12-28 16:30", 8, "2025-01-09 15:30:00"),  # over the New Year holidays
        ("2024-12-26 08:00:00", 2, "2024-12-26 10:00:00"),
        ("2024-12-26 07:59:59", 2, "2024-12-26 10:00:00"),  # before the day: from 08:00
        ("2024-12-26 08:00:01", 2, "2024-12-26 10:00:01"),
        ("2024-12-26 16:59:59", 2, "2024-12-27 09:59:59"),  # one second of today
        ("2024-12-26 17:00:00", 2, "2024-12-27 10:00:00"),  # 17:00:00 is outside
        ("2024-12-26 23:59:59", 2, "2024-12-27 10:00:00"),
        ("2024-12-26 00:00:00", 2, "2024-12-26 10:00:00"),
        ("2024-12-26 15:00:00", 2, "2024-12-26 17:00:00"),  # ends with the day, not at 08:00 of the next
        ("2024-12-26 08:00:00", 9, "2024-12-26 17:00:00"),
        ("2024-12-26 15:00:01", 2, "2024-12-27 08:00:01"),
        ("2024-12-20 16:59:59", 8, "2024-12-23 15:59:59"),  # over a plain weekend
        ("2024-12-21 12:00:00", 8, "2024-12-23 16:00:00"),  # from a Saturday
        ("2024-05-08 16:00:00", 2, "2024-05-13 09:00:00"),  # holiday, moved day off, weekend
        ("2024-04-26 16:30:00", 2, "2024-04-27 09:30:00"),  # a worked Saturday in April
        ("2024-04-27 16:30:00", 1, "2024-05-02 08:30:00"),
        ("2024-11-02 16:00:00", 2, "2024-11-05 09:00:00"),
        ("2024-06-11 16:00:00", 2, "2024-06-13 09:00:00"),  # the day before a holiday is not shortened
        ("2020-03-27 16:00:00", 2, "2020-03-30 09:00:00"),  # decreed days count as working
        ("2020-06-23 16:00:00", 2, "2020-06-24 09:00:00"),
        ("2020-06-30 16:00:00", 2, "2020-07-01 09:00:00"),
        ("2021-10-29 16:00:00", 2, "2021-11-01 09:00:00"),
        ("2021-11-03 16:00:00", 2, "2021-11-08 09:00:00"),  # holiday, moved day off, weekend
    ],
)
def test_due(start: str, hours: int, due: str) -> None:
    assert shown(CALENDAR.due(at(start), hours * HOUR)) == due


@pytest.mark.parametrize(
    ("start", "end", "seconds"),
    [
        ("2024-12-26 08:00", "2024-12-26 08:00", 0),
        ("2024-12-26 07:00", "2024-12-26 08:00:01", 1),
        ("2024-12-26 16:59:59", "2024-12-26 17:00:00", 1),
        ("2024-12-26 17:00:00", "2024-12-27 08:00:00", 0),
        ("2024-12-26 08:00", "2024-12-27 08:00", 9 * HOUR),
        ("2024-12-28 00:00", "2024-12-29 00:00", 9 * HOUR),  # a worked Saturday
        ("2024-12-29 00:00", "2025-01-09 08:00", 0),
        ("2024-12-26 09:00", "2024-12-26 10:30", 90 * 60),
        ("2020-03-30 00:00", "2020-04-04 00:00", 5 * 9 * HOUR),
    ],
)
def test_between(start: str, end: str, seconds: int) -> None:
    assert CALENDAR.between(at(start), at(end)) == seconds


@pytest.mark.parametrize(
    ("received", "days", "end"),
    [
        ("2026-11-21 12:00", 1, "2026-11-23 17:00:00"),  # a Saturday is day 0, Monday the first
        ("2026-11-23 17:00", 3, "2026-11-26 17:00:00"),
        ("2026-11-23 00:00", 3, "2026-11-26 17:00:00"),
        ("2026-11-23 23:59:59", 3, "2026-11-26 17:00:00"),
        ("2026-11-22 23:59:59", 1, "2026-11-23 17:00:00"),
        ("2024-12-27 10:00", 1, "2024-12-28 17:00:00"),
        ("2024-12-27 10:00", 2, "2025-01-09 17:00:00"),
        ("2025-01-03 10:00", 3, "2025-01-13 17:00:00"),
    ],
)
def test_day_end(received: str, days: int, end: str) -> None:
    assert shown(CALENDAR.day_end(at(received), days)) == end
    assert CALENDAR.day_start(at(received), days) == CALENDAR.day_end(at(received), days) - 9 * HOUR


@pytest.mark.parametrize(
    ("instant", "is_working", "following"),
    [
        ("2024-12-26 08:00:00", True, "2024-12-26 08:00:00"),
        ("2024-12-26 07:59:59", False, "2024-12-26 08:00:00"),
        ("2024-12-26 16:59:59", True, "2024-12-26 16:59:59"),
        ("2024-12-26 17:00:00", False, "2024-12-27 08:00:00"),
        ("2024-12-28 12:00:00", True, "2024-12-28 12:00:00"),
        ("2024-12-28 17:00:00", False, "2025-01-09 08:00:00"),
    ],
)
def test_is_working(instant: str, is_working: bool, following: str) -> None:
    assert CALENDAR.is_working(at(instant)) is is_working
    assert shown(CALENDAR.next_working(at(instant))) == following


def test_decreed_days_do_not_count_when_the_edition_says_so() -> None:
    parameters = Parameters.from_json(PARAMETERS.as_json() | {"decreed_days_work": False})
    calendar = WorkingCalendar.compile(calendar_content("ru-1"), parameters)
    assert shown(calendar.due(at("2020-03-27 16:00"), 2 * HOUR)) == "2020-05-12 09:00:00"
    assert not calendar.is_working(at("2020-06-24 12:00"))
    assert calendar.is_working(at("2020-06-25 12:00"))


# --- what it refuses


def test_a_year_outside_the_calendar_is_named() -> None:
    for years, ask in [
        (2018, lambda: CALENDAR.due(at("2018-12-31 23:59:59"), 1)),
        (2018, lambda: CALENDAR.due_many([(at("2018-12-31 23:59:59"), 1)])),
        (2018, lambda: CALENDAR.between(at("2018-06-01 12:00"), at("2020-01-01 00:00"))),
        (2018, lambda: CALENDAR.day_end(at("2018-12-31 12:00"), 3)),
        (2030, lambda: CALENDAR.due(at("2029-12-31 16:00"), 9 * HOUR)),
        (2030, lambda: CALENDAR.due(at("2030-01-01 00:00"), 1)),
        (2031, lambda: CALENDAR.due(at("2031-01-01 00:00"), 1)),
        (2030, lambda: CALENDAR.due_many([(at("2029-12-31 16:59:59"), 2)])),
        (2030, lambda: CALENDAR.between(at("2029-12-01 12:00"), at("2030-01-01 00:00:01"))),
        (2030, lambda: CALENDAR.day_end(at("2029-12-31 12:00"), 1)),
        (2030, lambda: CALENDAR.next_working(at("2029-12-31 17:00"))),
        (2030, lambda: CALENDAR.is_working(at("2030-01-09 12:00"))),
        (2030, lambda: CALENDAR.day(date(2030, 1, 1))),
        (2030, lambda: CALENDAR.rests_on_provisional(at("2029-12-01 12:00"), at("2030-02-01 12:00"))),
        (2030, lambda: list(CALENDAR.spans(at("2029-12-31 12:00"), at("2030-01-02 00:00")))),
    ]:
        with pytest.raises(CalendarMissing, match=f"year {years}") as caught:
            ask()
        assert caught.value.year == years


def test_the_last_second_of_the_calendar_is_inside() -> None:
    assert CALENDAR.between(at("2029-12-31 16:00"), at("2030-01-01 00:00")) == HOUR
    assert shown(CALENDAR.due(at("2029-12-31 16:00"), HOUR)) == "2029-12-31 17:00:00"


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(SpanBackwards):
        CALENDAR.between(at("2024-12-26 10:00"), at("2024-12-26 09:59:59"))
    with pytest.raises(SpanBackwards):
        list(CALENDAR.spans(at("2024-12-26 10:00"), at("2024-12-26 09:59:59")))
    for seconds in (0, -1):
        with pytest.raises(RegulationError, match="positive"):
            CALENDAR.due(at("2024-12-26 10:00"), seconds)
        with pytest.raises(RegulationError, match="positive"):
            CALENDAR.due_many([(at("2024-12-26 10:00"), seconds)])
    with pytest.raises(RegulationError, match="positive"):
        CALENDAR.day_end(at("2024-12-26 10:00"), 0)


def test_a_calendar_of_another_zone_is_refused() -> None:
    with pytest.raises(RegulationError, match=r"Asia/Omsk.*Europe/Moscow"):
        WorkingCalendar.compile(calendar_content("ru-1") | {"zone": "Asia/Omsk"}, PARAMETERS)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ({"zone": ""}, "zone"),
        ({"zone": None}, "zone"),
        ({"extra": 1}, r"calendar\.extra: is not known"),
        ({"offsets": []}, "offsets"),
        ({"offsets": [["yesterday", 3]]}, r"offsets\[0\]"),
        ({"offsets": [["2014-10-25T22:00:00Z"]]}, r"offsets\[0\]"),
        ({"offsets": [["2014-10-25T22:00:00Z", 1.5]]}, r"offsets\[0\]"),
        ({"offsets": [["2014-10-25T22:00:00Z", 90000]]}, r"offsets\[0\]"),
        ({"offsets": [["2014-10-25T22:00:00Z", 1], ["2014-10-25T22:00:00Z", 2]]}, r"offsets\[1\].*grow"),
        ({"years": {}}, "years"),
        ({"years": {"24": {}}}, r"years\.24"),
        ({"years": {"2024": {"state": "adopted", "days": {}}}}, r"years\.2024\.known_from: is missing"),
        ({"years": {"2024": {"state": "sure", "known_from": None, "days": {}}}}, r"years\.2024\.state"),
        ({"years": {"2024": {"state": "adopted", "known_from": "soon", "days": {}}}}, r"years\.2024\.known_from"),
        (
            {"years": {y: {"state": "adopted", "known_from": None, "days": {}} for y in ("2022", "2024")}},
            "2023 is miss",
        ),
    ],
)
def test_a_malformed_calendar_is_refused_by_name(spoil: dict[str, object], message: str) -> None:
    with pytest.raises(CalendarInvalid, match=message):
        WorkingCalendar.compile(calendar_content("ru-1") | spoil, PARAMETERS)


@pytest.mark.parametrize(
    ("day", "listed", "message"),
    [
        ("2024-02-30", {"type": "public_holiday", "source": "x"}, "date"),
        ("2023-02-20", {"type": "public_holiday", "source": "x"}, "not in the year 2024"),
        ("2024-02-20", {"type": "party", "source": "x"}, "type"),
        ("2024-02-20", {"type": "working", "source": "x"}, "type"),
        ("2024-02-20", {"type": "worked_weekend", "source": "x"}, "Saturday"),
        ("2024-02-24", {"type": "moved_day_off", "source": "x"}, "Monday to Friday"),
        ("2024-02-24", {"type": "decreed_non_working", "source": "x"}, "Monday to Friday"),
        ("2024-02-20", {"type": "moved_day_off", "source": " "}, "source"),
        ("2024-02-20", {"type": "moved_day_off"}, r"source: is missing"),
        ("2024-02-20", {"type": "moved_day_off", "source": "x", "why": 1}, r"why: is not known"),
    ],
)
def test_a_malformed_day_is_refused_by_name(day: str, listed: dict[str, object], message: str) -> None:
    content = calendar_content("ru-1")
    content["years"] = {"2024": {"state": "adopted", "known_from": None, "days": {day: listed}}}
    with pytest.raises(CalendarInvalid, match=rf"years\.2024\.days\.{day}.*{message}"):
        WorkingCalendar.compile(content, PARAMETERS)


def test_content_that_is_no_object_is_refused() -> None:
    with pytest.raises(CalendarInvalid, match="an object is expected"):
        WorkingCalendar.compile([], PARAMETERS)


# --- against the slow model


@pytest.mark.parametrize("samples", [8, pytest.param(25, marks=pytest.mark.long)])
def test_it_agrees_with_the_slow_model(samples: int) -> None:
    model, chance = SlowModel(), random.Random(20241228)
    for _ in range(samples):
        start = at("2024-12-20 00:00") + chance.randrange(20 * 24 * HOUR)
        seconds = chance.randrange(1, 12 * HOUR)
        end = start + chance.randrange(2 * 24 * HOUR)
        assert CALENDAR.due(start, seconds) == model.due(start, seconds)
        assert CALENDAR.between(start, end) == model.between(start, end)
        assert CALENDAR.is_working(start) == model.is_working(start)
    for _ in range(2000):
        instant = chance.randrange(CALENDAR.first_instant, at("2029-01-01 00:00"))
        assert CALENDAR.is_working(instant) == model.is_working(instant)
        assert CALENDAR.day_end(instant, 3) == model.day_end(instant, 3)


# --- laws


@given(instants, spans)
def test_add_then_measure_is_the_identity(start: int, seconds: int) -> None:
    due = CALENDAR.due(start, seconds)
    assert CALENDAR.between(start, due) == seconds
    assert CALENDAR.is_working(due - 1)  # the due instant is the earliest: a second before, one was still missing


@given(instants, instants, spans)
def test_a_later_start_is_never_due_earlier(one: int, other: int, seconds: int) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.due(first, seconds) <= CALENDAR.due(second, seconds)
    assert CALENDAR.day_end(first, 3) <= CALENDAR.day_end(second, 3)


@given(instants, spans, spans)
def test_more_seconds_are_due_later(start: int, one: int, other: int) -> None:
    assert (one < other) == (CALENDAR.due(start, one) < CALENDAR.due(start, other))


@given(st.lists(instants, min_size=3, max_size=3))
def test_split_makes_the_sum(points: list[int]) -> None:
    first, middle, last = sorted(points)
    assert CALENDAR.between(first, middle) + CALENDAR.between(middle, last) == CALENDAR.between(first, last)


@given(instants, spans, spans)
def test_adding_in_two_steps_is_adding_at_once(start: int, one: int, other: int) -> None:
    assert CALENDAR.due(CALENDAR.due(start, one), other) == CALENDAR.due(start, one + other)


@given(st.lists(st.tuples(instants, spans), max_size=50))
def test_a_table_gives_the_same_as_one_by_one(table: list[tuple[int, int]]) -> None:
    assert CALENDAR.due_many(table) == [CALENDAR.due(start, seconds) for start, seconds in table]


@given(instants, st.integers(0, 40 * 24 * HOUR))
def test_spans_join_and_sum(start: int, length: int) -> None:
    found = list(CALENDAR.spans(start, start + length))
    edges = [start, *(span.end for span in found)]
    assert [span.start for span in found] == edges[:-1]
    assert edges[-1] == start + length
    worked = sum(span.end - span.start for span in found if span.is_working)
    assert worked == CALENDAR.between(start, start + length)
    for span in found:
        assert span.is_working == CALENDAR.is_working(span.start)
        assert span.day.date == CALENDAR.local_date(span.start) == CALENDAR.local_date(span.end - 1)


@given(instants)
def test_the_next_working_instant_is_the_first(instant: int) -> None:
    following = CALENDAR.next_working(instant)
    assert CALENDAR.is_working(following)
    assert following >= instant
    assert CALENDAR.between(instant, following) == 0


# --- what a day is


@pytest.mark.parametrize(
    ("day", "kind", "name", "source", "is_working"),
    [
        (date(2024, 12, 27), "working", "", "", True),
        (date(2024, 12, 28), "worked_weekend", "", "постановление Правительства РФ от 10.08.2023 № 1314", True),
        (date(2024, 12, 29), "weekend", "", "", False),
        (date(2024, 12, 30), "moved_day_off", "", "постановление Правительства РФ от 10.08.2023 № 1314", False),
        (date(2025, 1, 1), "public_holiday", "new_year_holidays", "Трудовой кодекс РФ, статья 112", False),
        (date(2025, 1, 7), "public_holiday", "christmas", "Трудовой кодекс РФ, статья 112", False),
        (date(2025, 11, 4), "public_holiday", "unity_day", "Трудовой кодекс РФ, статья 112", False),
        (date(2020, 3, 30), "decreed_non_working", "", "указ Президента РФ от 25.03.2020 № 206", True),
        (date(2020, 7, 1), "decreed_non_working", "", "source not verified", True),
    ],
)
def test_a_day_tells_its_type_and_source(
    day: date,
    kind: str,
    name: str,
    source: str,
    is_working: bool,
) -> None:
    found = CALENDAR.day(day)
    assert (found.type, found.name, found.source, found.is_working) == (kind, name, source, is_working)


def test_what_rests_on_a_provisional_year() -> None:
    assert not CALENDAR.rests_on_provisional(at("2027-12-01 10:00"), at("2027-12-31 23:59:59"))
    assert CALENDAR.rests_on_provisional(at("2027-12-30 10:00"), at("2028-01-11 10:00"))
    assert CALENDAR.day(date(2028, 1, 11)).is_provisional
    assert not CALENDAR.day(date(2027, 12, 31)).is_provisional
