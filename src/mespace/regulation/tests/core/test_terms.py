"""Receipt, reminder and end of the customer's terms (5.5, E3)."""

import pytest

from mespace.regulation.core.errors import FactsInvalid
from mespace.regulation.core.outlook import next_wake, wakes
from mespace.regulation.core.terms import TermVerdict, term_instants
from mespace.regulation.tests.core.histories import History
from mespace.regulation.tests.core.moscow import CALENDAR, CALENDARS, PARAMETERS, at, corrected, shown

SATURDAY = "2026-11-21 12:00"


def asked(when: str = SATURDAY) -> History:
    return History().filed("2026-11-20 09:00").accepted("2026-11-20 10:00").asked(when)


def term(history: History, as_of: str, **more: object) -> TermVerdict:
    return history.verdict(as_of, **more).terms[0]


def test_published_on_a_saturday_without_evidence() -> None:
    found = term(asked(), "2026-11-23 17:00")
    assert (found.evidence, found.outcome) == ("presumed", "running")
    assert found.received_at is not None
    assert shown(found.received_at) == shown(found.presumed_at) == "2026-11-23 17:00:00"
    assert shown(found.reminder_at) == "2026-11-25 08:00:00"
    assert shown(found.due) == "2026-11-26 17:00:00"


def test_before_the_presumption_nothing_is_received() -> None:
    found = term(asked(), "2026-11-23 16:59:59")
    assert (found.received_at, found.evidence) == (None, None)
    assert shown(found.due) == "2026-11-26 17:00:00"  # what the presumption would give
    assert shown(found.reminder_at) == "2026-11-25 08:00:00"


@pytest.mark.parametrize(
    ("read", "due"),
    [
        ("2026-11-21 12:00:00", "2026-11-25 17:00:00"),  # a day off is day 0 as well
        ("2026-11-22 23:59:59", "2026-11-25 17:00:00"),
        ("2026-11-23 00:00:00", "2026-11-26 17:00:00"),
        ("2026-11-23 17:00:00", "2026-11-26 17:00:00"),
    ],
)
@pytest.mark.parametrize("evidence", ["read", "mail"])
def test_evidence_before_the_presumption_counts(read: str, due: str, evidence: str) -> None:
    found = term(asked().receipt(read, evidence), "2026-12-01 00:00")
    assert (found.received_at, found.evidence, shown(found.due)) == (at(read), evidence, due)


def test_later_evidence_moves_nothing() -> None:
    found = term(asked().receipt("2026-11-24 09:00", "read"), "2026-12-01 00:00")
    assert (found.evidence, shown(found.due)) == ("presumed", "2026-11-26 17:00:00")
    found = term(asked().receipt("2026-11-22 09:00", "mail").receipt("2026-11-23 09:00", "read"), "2026-12-01 00:00")
    assert (found.evidence, shown(found.due)) == ("mail", "2026-11-25 17:00:00")


def test_a_presumption_on_record_is_the_same_as_a_computed_one() -> None:
    recorded = asked().receipt("2026-11-23 17:00", "presumed")
    assert term(recorded, "2026-11-24 09:00") == term(asked(), "2026-11-24 09:00")


def test_a_reaction_is_evidence_by_itself() -> None:
    found = term(asked().ended("2026-11-22 10:00", "answered"), "2026-12-01 00:00")
    assert (found.evidence, found.outcome, found.received_at, found.ended_at) == (
        "reaction", "answered", at("2026-11-22 10:00"), at("2026-11-22 10:00"),
    )  # fmt: skip


@pytest.mark.parametrize("outcome", ["retracted", "closed"])
def test_a_term_that_ended_unreceived_was_never_received(outcome: str) -> None:
    found = term(asked().ended("2026-11-23 17:00", outcome), "2026-12-01 00:00")
    assert (found.evidence, found.received_at, found.outcome) == (None, None, outcome)
    found = term(asked().ended("2026-11-23 17:00:01", outcome), "2026-12-01 00:00")
    assert found.evidence == "presumed"


def test_a_new_question_replaces_the_former() -> None:
    found = asked().asked("2026-11-23 09:00", term=2, kind="proposal").verdict("2026-11-24 00:00")
    first, second = found.terms
    assert (first.outcome, first.ended_at, first.received_at) == ("replaced", at("2026-11-23 09:00"), None)
    assert (second.outcome, second.kind) == ("running", "proposal")
    assert shown(second.presumed_at) == "2026-11-24 17:00:00"
    assert found.running_term == second
    assert found.status == "solution_proposed"


def test_an_expiry_and_the_reaction_after_it() -> None:
    history = asked().receipt("2026-11-23 17:00", "presumed").ended("2026-11-26 17:00", "expired")
    found = history.moved("2026-11-26 17:05", "analysis").verdict("2026-11-26 18:00")
    assert found.terms[0].outcome == "expired"
    assert found.terms[0].ended_at == found.terms[0].due
    assert found.status == "analysis"


def test_the_instants_of_a_term_before_and_after_receipt() -> None:
    before = term_instants(CALENDAR, PARAMETERS, opened_at=at(SATURDAY))
    assert [shown(i) for i in (before.presumed_at, before.reminder_at, before.due)] == [
        "2026-11-23 17:00:00", "2026-11-25 08:00:00", "2026-11-26 17:00:00",
    ]  # fmt: skip
    after = term_instants(CALENDAR, PARAMETERS, opened_at=at(SATURDAY), received_at=at(SATURDAY))
    assert [shown(i) for i in (after.reminder_at, after.due)] == ["2026-11-24 08:00:00", "2026-11-25 17:00:00"]


def test_what_wakes_a_ticket() -> None:
    given = asked().verdict("2026-11-21 13:00")
    assert [(wake.what, shown(wake.at), wake.term) for wake in wakes(given)] == [
        ("presumption", "2026-11-23 17:00:00", 1),
        ("reminder", "2026-11-25 08:00:00", 1),
        ("expiry", "2026-11-26 17:00:00", 1),
    ]
    assert next_wake(given, after=at("2026-11-23 17:00")) == at("2026-11-25 08:00")
    assert next_wake(given, after=at("2026-11-26 17:00")) is None
    opened = History().filed("2026-11-20 09:00").verdict("2026-11-20 10:00")
    assert [(wake.what, shown(wake.at)) for wake in wakes(opened)] == [("reaction_due", "2026-11-20 17:00:00")]


def test_a_corrected_calendar_moves_a_running_term() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2026-11-25": {"type": "moved_day_off", "source": "x"}})}
    history = asked().receipt("2026-11-22 09:00", "read").repinned("2026-11-23 09:00", "term:1", "ru-2")
    found = term(history, "2026-11-24 00:00", calendars=calendars)
    assert (shown(found.reminder_at), shown(found.due)) == ("2026-11-24 08:00:00", "2026-11-26 17:00:00")
    assert found.calendar == "ru-2"


def test_a_recorded_presumption_survives_a_correction() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2026-11-23": {"type": "moved_day_off", "source": "x"}})}
    history = asked().receipt("2026-11-23 17:00", "presumed").repinned("2026-11-24 09:00", "term:1", "ru-2")
    found = term(history, "2026-11-24 18:00", calendars=calendars)
    assert found.received_at == found.presumed_at == at("2026-11-23 17:00")
    assert shown(found.due) == "2026-11-26 17:00:00"


def test_a_correction_never_presumes_before_itself() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2026-11-21": {"type": "worked_weekend", "source": "x"}})}
    history = asked("2026-11-20 12:00").repinned("2026-11-23 09:00", "term:1", "ru-2")
    found = term(history, "2026-11-23 10:00", calendars=calendars)
    assert shown(found.presumed_at) == "2026-11-21 17:00:00"
    assert (found.received_at, found.evidence) == (at("2026-11-23 09:00"), "presumed")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda history: history.asked("2026-11-23 09:00"), "was opened before"),
        (lambda history: history.receipt("2026-11-23 09:00", "read", term=2), "never opened"),
        (lambda history: history.ended("2026-11-23 09:00", "answered", term=2), "never opened"),
        (
            lambda history: history.ended("2026-11-23 09:00", "answered").ended("2026-11-23 09:01", "answered"),
            "ended before",
        ),
        (lambda history: history.ended("2026-11-23 09:00", "answered").repinned("2026-11-23 09:01", "term:1", "ru-1"),
         "ended before"),
    ],
)  # fmt: skip
def test_impossible_facts_are_refused(spoil: object, message: str) -> None:
    with pytest.raises(FactsInvalid, match=message):
        spoil(asked()).verdict("2026-12-01 00:00")  # type: ignore[operator]
