from datetime import date

import pytest

from mespace.regulation.core.calendar_changes import DayChange, differing_days, weekends_of, with_changes
from mespace.regulation.core.calendar_content import NOT_VERIFIED, parse_content
from mespace.regulation.core.provisional import provisional_year
from mespace.regulation.data.shipped import calendar_content

SHIPPED = calendar_content("ru-1")
CONTENT = SHIPPED | {"years": SHIPPED["years"] | {"2027": provisional_year(2027)}}  # before its transfers were known
YEARS = parse_content(CONTENT).years
LAW = "Трудовой кодекс РФ, статья 112"


def off_of(year: int) -> set[date]:
    listed = YEARS[year].days
    return (weekends_of(year) | {day for day, item in listed.items() if item.type != "worked_weekend"}) - {
        day for day, item in listed.items() if item.type == "worked_weekend"
    }


@pytest.mark.parametrize("year", range(2019, 2028))
def test_a_year_does_not_differ_from_itself(year: int) -> None:
    assert differing_days(YEARS[year], off_of(year)) == []


def test_each_kind_of_difference() -> None:
    off = off_of(2027) | {date(2027, 12, 31)}
    off -= {date(2027, 2, 20), date(2027, 5, 3)}
    assert [(change.day, change.type, change.source) for change in differing_days(YEARS[2027], off)] == [
        (date(2027, 2, 20), "worked_weekend", NOT_VERIFIED),
        (date(2027, 5, 3), "", ""),
        (date(2027, 12, 31), "moved_day_off", NOT_VERIFIED),
    ]


def test_what_the_law_itself_gives_keeps_the_law_as_its_source() -> None:
    bare = parse_content({**CONTENT, "years": {"2027": {"state": "provisional", "known_from": None, "days": {}}}})
    found = {change.day: change for change in differing_days(bare.years[2027], off_of(2027))}
    assert found[date(2027, 1, 1)].source == LAW
    assert found[date(2027, 5, 3)].type == "moved_day_off"
    assert all(change.source != NOT_VERIFIED for change in found.values())


def test_changes_are_made_in_one_year_and_nothing_else() -> None:
    changes = [
        DayChange(date(2027, 2, 20), None, "worked_weekend", "постановление"),
        DayChange(date(2027, 5, 3), None, "", ""),
        DayChange(date(2027, 12, 31), None, "moved_day_off", ""),
    ]
    made = with_changes(CONTENT, 2027, changes, edition="x", state="adopted", known_from=date(2026, 11, 26))
    before, after = provisional_year(2027)["days"], made["years"]["2027"]["days"]
    assert before.keys() ^ after.keys() == {"2027-02-20", "2027-05-03", "2027-12-31"}
    assert after["2027-12-31"]["source"] == NOT_VERIFIED
    assert list(after) == sorted(after)
    assert {year: item for year, item in made["years"].items() if year != "2027"} == {
        year: item for year, item in CONTENT["years"].items() if year != "2027"
    }
    assert parse_content(made).years[2027].state == "adopted"
