"""Years before the government's decree."""

import pytest

from mespace.regulation.core.calendar_content import parse_content
from mespace.regulation.core.provisional import provisional_year
from mespace.regulation.data.shipped import DEFAULT_CALENDAR, calendar_content


@pytest.mark.parametrize("year", [2028, 2029])
def test_a_provisional_year_is_what_the_product_ships_for_it(year: int) -> None:
    shipped = calendar_content(DEFAULT_CALENDAR)["years"][str(year)]
    assert shipped["state"] == "provisional"
    assert provisional_year(year) == shipped


@pytest.mark.parametrize("year", range(2030, 2060))
def test_any_year_is_a_calendar_that_can_be_read(year: int) -> None:
    content = calendar_content(DEFAULT_CALENDAR) | {"years": {str(year): provisional_year(year)}}
    days = parse_content(content).years[year].days
    assert sum(day.type == "public_holiday" for day in days.values()) == 14
