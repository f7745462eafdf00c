"""The clock ledger: its rows join, sum to the verdict and say why."""

from itertools import pairwise

from hypothesis import given

from mespace.regulation.core.clock_ledger import LedgerRow, reaction_ledger, shortened, term_ledger
from mespace.regulation.tests.core.histories import History, histories
from mespace.regulation.tests.core.moscow import CALENDARS, HOUR, at, shown


def told(rows: tuple[LedgerRow, ...]) -> list[tuple[str, str, str, int]]:
    return [(shown(row.start)[5:16], shown(row.end)[5:16], row.why, row.running_seconds) for row in rows]


def test_the_reaction_over_a_worked_saturday_and_the_holidays() -> None:
    found = History().filed("2024-12-28 16:30").accepted("2025-01-09 09:00").verdict("2025-01-10 00:00")
    rows = reaction_ledger(found.reaction, CALENDARS)
    assert told(rows) == [
        ("12-28 16:30", "12-28 17:00", "working_time", 1800),
        ("12-28 17:00", "01-09 08:00", "days_off", 1800),
        ("01-09 08:00", "01-09 09:00", "working_time", 1800 + HOUR),
    ]
    assert [(day.type, day.name, day.first.isoformat(), day.last.isoformat()) for day in rows[1].days] == [
        ("weekend", "", "2024-12-29", "2024-12-29"),
        ("moved_day_off", "", "2024-12-30", "2024-12-31"),
        ("public_holiday", "new_year_holidays", "2025-01-01", "2025-01-06"),
        ("public_holiday", "christmas", "2025-01-07", "2025-01-07"),
        ("public_holiday", "new_year_holidays", "2025-01-08", "2025-01-08"),
    ]
    assert rows[0].days[0].type == "worked_weekend"
    assert "1314" in rows[0].days[0].source
    assert [row.clause for row in rows] == ["6.4", "1", "6.4"]


def test_a_row_is_cut_where_the_deadline_passes() -> None:
    found = History().filed("2024-12-26 09:00", criticality="critical").verdict("2024-12-26 12:00")
    rows = reaction_ledger(found.reaction, CALENDARS)
    assert told(rows) == [
        ("12-26 09:00", "12-26 11:00", "working_time", 2 * HOUR),
        ("12-26 11:00", "12-26 12:00", "working_time", 3 * HOUR),
    ]
    assert [row.is_overdue for row in rows] == [False, True]


def test_a_deadline_at_the_end_of_a_day_is_no_longer_open_at_night() -> None:
    found = History().filed("2024-12-26 15:00", criticality="critical").verdict("2024-12-27 09:00")
    rows = reaction_ledger(found.reaction, CALENDARS)
    assert [(row.why, row.is_overdue) for row in rows] == [
        ("working_time", False),
        ("outside_working_time", True),
        ("working_time", True),
    ]


def test_a_term_from_publication_to_its_end() -> None:
    history = History().filed("2026-11-20 09:00").accepted("2026-11-20 10:00").asked("2026-11-21 12:00")
    found = history.ended("2026-11-26 17:00", "expired").verdict("2026-11-27 00:00")
    rows = term_ledger(found.terms[0], CALENDARS, found.as_of)
    assert told(rows) == [
        ("11-21 12:00", "11-23 17:00", "before_receipt", 0),
        ("11-23 17:00", "11-24 00:00", "day_of_receipt", 0),
        ("11-24 00:00", "11-24 08:00", "outside_working_time", 0),
        ("11-24 08:00", "11-24 17:00", "working_time", 9 * HOUR),
        ("11-24 17:00", "11-25 08:00", "outside_working_time", 9 * HOUR),
        ("11-25 08:00", "11-25 17:00", "working_time", 18 * HOUR),
        ("11-25 17:00", "11-26 08:00", "outside_working_time", 18 * HOUR),
        ("11-26 08:00", "11-26 17:00", "working_time", 27 * HOUR),
    ]
    assert [row.term_day for row in rows if row.is_counted] == [1, 2, 3]


def test_a_term_that_waits_for_its_receipt() -> None:
    found = History().filed("2026-11-20 09:00").accepted("2026-11-20 10:00").asked("2026-11-20 10:00")
    given = found.verdict("2026-11-20 12:00")
    assert told(term_ledger(given.terms[0], CALENDARS, given.as_of)) == [
        ("11-20 10:00", "11-20 12:00", "before_receipt", 0)
    ]
    given = found.verdict("2026-11-20 10:00")
    assert term_ledger(given.terms[0], CALENDARS, given.as_of) == ()


def test_a_long_ledger_can_be_shortened() -> None:
    found = History().filed("2024-11-01 09:00").verdict("2025-02-01 00:00")
    rows = reaction_ledger(found.reaction, CALENDARS)
    short = shortened(rows, keep=3)
    assert len(rows) > 100
    assert len(short) == 7
    assert all(before.end == after.start for before, after in pairwise(short))
    assert sum(row.working_seconds for row in short) == found.reaction.working_seconds
    assert short[3].why == "several_days"
    assert short[3].running_seconds == rows[-4].running_seconds
    assert any(day.name == "christmas" for day in short[3].days)
    assert shortened(rows[:7], keep=3) == rows[:7]


@given(histories())
def test_rows_join_and_sum(drawn: tuple[History, int]) -> None:
    history, as_of = drawn
    found = history.verdict(as_of)
    rows = reaction_ledger(found.reaction, CALENDARS)
    edges = [found.reaction.registered_at, *(row.end for row in rows)]
    assert [row.start for row in rows] == edges[:-1]
    assert edges[-1] == found.reaction.measured_to
    assert sum(row.working_seconds for row in rows) == found.reaction.working_seconds
    for term in found.terms:
        end = as_of if term.ended_at is None else term.ended_at
        rows = term_ledger(term, CALENDARS, as_of)
        edges = [term.opened_at, *(row.end for row in rows)]
        assert [row.start for row in rows] == edges[:-1]
        assert edges[-1] == end
        counted = sum(row.end - row.start for row in rows if row.is_counted)
        assert counted == sum(row.working_seconds for row in rows)
        assert not rows or counted == rows[-1].running_seconds
        if term.outcome == "running" and end == term.due:
            assert counted == 3 * 9 * HOUR


def test_instants_are_those_of_the_verdict() -> None:
    found = History().filed("2024-12-26 09:00").accepted("2024-12-26 09:00").verdict("2024-12-26 09:00")
    assert reaction_ledger(found.reaction, CALENDARS) == ()
    assert found.reaction.measured_to == at("2024-12-26 09:00")
