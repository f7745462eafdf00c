"""Every code of the clock has its words, in both languages."""

from datetime import date

import pytest
from django.utils.translation import override

from mespace.regulation import words
from mespace.regulation.core import calendar_content, clock_ledger, terms
from mespace.regulation.core.clock_ledger import DayGroup
from mespace.regulation.core.holiday_names import holiday_name
from mespace.regulation.data.shipped import calendar_content as shipped

TABLES = [
    words.DAY_TYPES, words.HOLIDAYS, words.REASONS, words.EVIDENCE, words.TERM_KINDS, words.OUTCOMES, words.CAUSES,
]  # fmt: skip


def test_no_code_is_without_words() -> None:
    assert set(words.DAY_TYPES) == {
        calendar_content.WORKING, calendar_content.WEEKEND, calendar_content.PUBLIC_HOLIDAY,
        calendar_content.MOVED_DAY_OFF, calendar_content.WORKED_WEEKEND, calendar_content.DECREED_NON_WORKING,
    }  # fmt: skip
    assert set(words.REASONS) == {
        clock_ledger.WORKING_TIME, clock_ledger.OUTSIDE_WORKING_TIME, clock_ledger.DAYS_OFF,
        clock_ledger.BEFORE_RECEIPT, clock_ledger.DAY_OF_RECEIPT, clock_ledger.SEVERAL_DAYS,
    }  # fmt: skip
    assert {terms.PRESUMED, terms.BY_REACTION} < set(words.EVIDENCE)
    assert {terms.RUNNING, terms.ANSWERED, terms.REPLACED, terms.EXPIRED} < set(words.OUTCOMES)
    holidays = [
        date.fromisoformat(day)
        for year in shipped("ru-1")["years"].values()
        for day, listed in year["days"].items()
        if listed["type"] == "public_holiday"
    ]
    assert {holiday_name(day) for day in holidays} == set(words.HOLIDAYS) - {"public_holiday"}
    assert holiday_name(date(2024, 5, 2)) == "public_holiday"


@pytest.mark.parametrize("table", TABLES)
def test_russian_is_not_english(table: dict[str, object]) -> None:
    for code, word in table.items():
        with override("en"):
            english = str(word)
        with override("ru"):
            assert str(word) != english, code


def test_a_group_of_days_in_words() -> None:
    def group(first: int, last: int, kind: str = "public_holiday", name: str = "new_year_holidays") -> DayGroup:
        return DayGroup(date(2025, 1, first), date(2025, 1, last), kind, name, "x", is_provisional=False)

    with override("ru"):
        assert words.day_words(group(1, 6)) == "1 января – 6 января: новогодние каникулы"
        assert words.day_words(group(7, 7, name="christmas")) == "7 января: Рождество Христово"
        assert words.day_words(group(11, 12, "weekend", "")) == "11 января, 12 января: выходные"
    with override("en"):
        assert words.day_words(group(11, 12, "weekend", "")) == "January 11, January 12: weekend"


def test_a_source_in_words() -> None:
    with override("ru"):
        assert words.source_words("source not verified") == "источник не проверен"
        assert words.source_words("Трудовой кодекс РФ, статья 112") == "Трудовой кодекс РФ, статья 112"
