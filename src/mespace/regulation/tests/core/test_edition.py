"""An edition's parameters are read strictly."""

from typing import Any

import pytest

from mespace.regulation.core.edition import Parameters
from mespace.regulation.core.errors import ParametersInvalid
from mespace.regulation.tests.core.moscow import PARAMETERS


def test_reading_what_was_written_gives_the_same() -> None:
    assert Parameters.from_json(PARAMETERS.as_json()) == PARAMETERS
    assert Parameters.from_json(PARAMETERS.as_json()).digest() == PARAMETERS.digest()


def test_the_first_edition_promises_what_was_published() -> None:
    assert PARAMETERS.as_json() == {
        "zone": "Europe/Moscow", "day_start": "08:00", "day_end": "17:00",
        "reaction_seconds": {"critical": 7200, "non_critical": 28800},
        "answer_days": 3, "presumption_days": 1, "reminder_day": 2, "reopen_seconds": 1209600,
        "onboarding_days": 3, "notice_days": 15, "decreed_days_work": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ticket_type", "criticality", "seconds"),
    [
        ("incident", "critical", 7200),
        ("incident", "non_critical", 28800),
        ("bug", "critical", 28800),  # only incidents can be critical
        ("consultation", "non_critical", 28800),
        ("change_request", "critical", 28800),
    ],
)
def test_the_target_of_a_ticket(ticket_type: str, criticality: str, seconds: int) -> None:
    assert PARAMETERS.target_seconds(ticket_type=ticket_type, criticality=criticality) == seconds


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"zone": ""}, "zone"),
        ({"zone": 3}, "zone"),
        ({"day_start": "8:00"}, "day_start"),
        ({"day_start": "24:00"}, "day_start"),
        ({"day_end": 17}, "day_end"),
        ({"day_end": "08:00"}, "day_end"),
        ({"reaction_seconds": 7200}, "reaction_seconds"),
        ({"reaction_seconds": {"critical": 7200}}, "non_critical is missing"),
        ({"reaction_seconds": {"critical": 7200.0, "non_critical": 28800}}, r"reaction_seconds\.critical"),
        ({"reaction_seconds": {"critical": 28801, "non_critical": 28800}}, r"reaction_seconds\.critical"),
        ({"answer_days": 0}, "answer_days"),
        ({"answer_days": True}, "answer_days"),
        ({"answer_days": "3"}, "answer_days"),
        ({"presumption_days": 1.5}, "presumption_days"),
        ({"reminder_day": 4}, "reminder_day"),
        ({"reopen_seconds": -1}, "reopen_seconds"),
        ({"onboarding_days": None}, "onboarding_days"),
        ({"notice_days": 0}, "notice_days"),
        ({"decreed_days_work": 1}, "decreed_days_work"),
        ({"colour": "red"}, "colour is not known"),
    ],
)
def test_junk_is_refused_by_name(change: dict[str, Any], name: str) -> None:
    with pytest.raises(ParametersInvalid, match=name):
        Parameters.from_json(PARAMETERS.as_json() | change)


@pytest.mark.parametrize("name", sorted(PARAMETERS.as_json()))
def test_a_missing_parameter_is_refused_by_name(name: str) -> None:
    given = PARAMETERS.as_json()
    del given[name]
    with pytest.raises(ParametersInvalid, match=f"{name} is missing"):
        Parameters.from_json(given)


def test_no_object_is_refused() -> None:
    with pytest.raises(ParametersInvalid, match="an object"):
        Parameters.from_json([])
