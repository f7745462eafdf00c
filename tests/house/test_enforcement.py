"""Every clause of the regulation is held by code and a test, or says what is left to people; the readings, too."""

import re
from pathlib import Path

import pytest

from mespace.regulation.clauses import CLAUSES
from mespace.regulation.core.edition import Parameters
from mespace.regulation.enforcement import DATA, State, enforcement, state_of
from mespace.regulation.interpretations import GROUPS, INTERPRETATIONS
from tests.house.source import REPOSITORY
from tools.enforcement import marks, numbers_in

PARAMETERS = set(Parameters.__dataclass_fields__)


def test_what_enforces_each_clause_is_what_the_code_says() -> None:
    written = set(DATA.read_text(encoding="utf-8").splitlines())
    assert written == {str(mark) for mark in marks()}, "run: python tools/enforcement.py"


def test_no_marker_names_a_clause_that_there_is_not() -> None:
    unknown = {number: found for number, found in enforcement().items() if number not in {*CLAUSES, *GROUPS}}
    assert unknown == {}


@pytest.mark.parametrize("number", CLAUSES)
def test_a_clause_is_enforced_or_a_duty_of_people(number: str) -> None:
    assert state_of(number) is not State.NOTHING, (
        f"clause {number}: mark what enforces it and a test (docs/mechanisms/regulation.md), or say what people must do"
    )


@pytest.mark.parametrize("each", INTERPRETATIONS, ids=lambda each: each.code)
def test_a_reading_names_clauses_parameters_and_tests_that_there_are(each: "object") -> None:
    reading = next(one for one in INTERPRETATIONS if one is each)
    assert reading.group in GROUPS
    assert set(reading.clauses) <= set(CLAUSES)
    assert set(reading.parameters) <= PARAMETERS
    assert reading.tests
    for test in reading.tests:
        path, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (REPOSITORY / path).read_text("utf-8"), re.MULTILINE), test


def test_every_parameter_of_an_edition_stands_in_a_clause_or_a_reading() -> None:
    named = {name for clause in CLAUSES.values() for name in clause.parameters}
    named |= {name for reading in INTERPRETATIONS for name in reading.parameters}
    assert named == PARAMETERS


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The term ends (clause 5.5).", {"5.5"}),
        ("As clauses 3.1, 4.2 and E5 say", {"3.1", "4.2", "E5"}),
        ("Clauses 7.3 and 7.4: editions", {"7.3", "7.4"}),
        ("The verdict (6.4, E2)", {"6.4", "E2"}),
        ("Fields of Appendix 1", {"A1"}),
        ("clause 4.6b, and version 4.12.3 (1.5 hours) of 2.5", {"4.6b"}),
        ("nothing at all 5.5", set()),
    ],
)
def test_what_a_marker_is(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


def test_the_owner_s_text_is_not_in_the_project() -> None:
    """Shipped editions are parameters alone."""
    for path in Path(DATA.parent / "editions").glob("*.json"):
        assert '"text"' not in path.read_text("utf-8")
        assert '"clauses"' not in path.read_text("utf-8")
