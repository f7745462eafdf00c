"""The shipped calendar, day by day against a maintained library and against what the law itself fixes."""

from datetime import date, timedelta

import holidays
import pytest

from mespace.regulation.core.calendar_content import NOT_VERIFIED
from mespace.regulation.data.shipped import (
    calendar_codes,
    calendar_content,
    edition,
    edition_codes,
    shipped_calendar,
)
from mespace.regulation.tests.core.moscow import CALENDAR

KNOWN = holidays.country_holidays("RU", years=range(2019, 2028))


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def test_every_day_agrees_with_the_library() -> None:
    different = {
        day
        for day in days(date(2019, 1, 1), date(2027, 12, 31))
        if CALENDAR.day(day).is_working != KNOWN.is_working_day(day)
    }
    assert different == set()


@pytest.mark.parametrize(
    ("year", "working_days"),
    [
        (2019, 247),
        (2020, 248),
        (2021, 247),
        (2022, 247),
        (2023, 247),
        (2024, 248),
        (2025, 247),
        (2026, 247),
        (2027, 247),
    ],
)
def test_a_year_has_the_published_number_of_working_days(year: int, working_days: int) -> None:
    assert sum(CALENDAR.day(day).is_working for day in days(date(year, 1, 1), date(year, 12, 31))) == working_days


def test_worked_weekends_are_exactly_these() -> None:
    assert [
        day.isoformat()
        for day in days(date(2019, 1, 1), date(2029, 12, 31))
        if CALENDAR.day(day).type == "worked_weekend"
    ] == ["2021-02-20", "2022-03-05", "2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01", "2027-02-20"]


def test_decreed_days_are_exactly_these_and_count_as_working() -> None:
    decreed = [
        day for day in days(date(2019, 1, 1), date(2029, 12, 31)) if CALENDAR.day(day).type == "decreed_non_working"
    ]
    expected = [
        *days(date(2020, 3, 30), date(2020, 4, 30)),
        *days(date(2020, 5, 6), date(2020, 5, 8)),
        date(2020, 6, 24),
        date(2020, 7, 1),
        *days(date(2021, 5, 4), date(2021, 5, 7)),
        *days(date(2021, 11, 1), date(2021, 11, 3)),
    ]
    assert decreed == [day for day in expected if day.weekday() < 5]
    assert all(CALENDAR.day(day).is_working for day in decreed)


def test_every_listed_day_names_a_source_or_says_that_none_was_verified() -> None:
    for year, content in calendar_content("ru-1")["years"].items():
        for day, listed in content["days"].items():
            assert listed["source"] == NOT_VERIFIED or any(
                word in listed["source"] for word in ("Трудовой кодекс", "постановление", "указ")
            ), (year, day)
            if listed["type"] == "public_holiday":
                assert listed["source"] == "Трудовой кодекс РФ, статья 112"


def test_what_was_not_verified_is_known() -> None:
    unverified = [
        day
        for content in calendar_content("ru-1")["years"].values()
        for day, listed in content["days"].items()
        if listed["source"] == NOT_VERIFIED
    ]
    assert unverified == [
        "2020-05-06", "2020-05-07", "2020-05-08", "2020-06-24", "2020-07-01",
        "2021-11-01", "2021-11-02", "2021-11-03",
        "2022-03-05", "2022-03-07", "2022-05-03", "2022-05-10",
        "2027-02-20", "2027-02-22", "2027-11-05", "2027-12-31",
    ]  # fmt: skip


def test_provisional_years_hold_only_what_the_labour_code_fixes() -> None:
    years = calendar_content("ru-1")["years"]
    assert [year for year in years if years[year]["state"] == "provisional"] == ["2028", "2029"]
    for year in ("2028", "2029"):
        assert years[year]["known_from"] is None
        assert all("Трудовой кодекс" in listed["source"] for listed in years[year]["days"].values())


def test_the_offsets_cover_all_years() -> None:
    content = calendar_content("ru-1")
    assert content["offsets"] == [["2014-10-25T22:00:00Z", 10800]]
    assert CALENDAR.first_instant > 1414274400


def test_shipped_codes() -> None:
    assert calendar_codes() == ["ru-1"]
    assert edition_codes() == ["2019-09-01"]
    first = edition("2019-09-01")
    assert first.published_on == first.in_force_from == date(2019, 9, 1)
    assert shipped_calendar() is shipped_calendar()
    for read in (calendar_content, edition, shipped_calendar):
        with pytest.raises(KeyError):
            read("../secrets")
