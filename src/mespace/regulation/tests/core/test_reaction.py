"""The reaction verdict at each of its edges (6.4, E2)."""

import pytest

from mespace.regulation.core.outlook import deadline_if, promise
from mespace.regulation.tests.core.histories import History
from mespace.regulation.tests.core.moscow import CALENDAR, CALENDARS, HOUR, PARAMETERS, at, corrected, shown


def deadlines(history: History, as_of: str) -> list[tuple[str, str, int]]:
    return [
        (deadline.cause, shown(deadline.due), deadline.target_seconds // HOUR)
        for deadline in history.verdict(as_of).reaction.deadlines
    ]


@pytest.mark.parametrize(
    ("accepted", "state", "working"),
    [
        ("2024-12-27 16:30:00", "kept", 0),
        ("2024-12-28 09:29:59", "kept", 7199),
        ("2024-12-28 09:30:00", "kept", 7200),  # at exactly the due instant is in time
        ("2024-12-28 09:30:01", "broken", 7201),
        ("2024-12-28 20:00:00", "broken", 1800 + 9 * HOUR),
    ],
)
def test_an_acceptance_is_judged_by_the_second(accepted: str, state: str, working: int) -> None:
    found = History().filed("2024-12-27 16:30", criticality="critical").accepted(accepted).verdict("2025-01-01 00:00")
    assert (found.reaction.state, found.reaction.working_seconds) == (state, working)
    assert shown(found.reaction.due) == "2024-12-28 09:30:00"
    assert found.reaction.reacted_at == at(accepted)


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2024-12-27 16:30:00", "running"),
        ("2024-12-28 09:30:00", "running"),
        ("2024-12-28 09:30:01", "broken"),
        ("2025-03-01 00:00:00", "broken"),
    ],
)
def test_a_ticket_nobody_accepted(as_of: str, state: str) -> None:
    found = History().filed("2024-12-27 16:30", criticality="critical").verdict(as_of)
    assert found.reaction.state == state
    assert found.reaction.reacted_at is None
    assert found.reaction.working_seconds == CALENDAR.between(at("2024-12-27 16:30"), at(as_of))


@pytest.mark.parametrize("withdrawn", ["2024-12-26 10:00", "2024-12-28 09:30", "2025-01-20 10:00"])
def test_a_withdrawal_while_open_is_neither_kept_nor_broken(withdrawn: str) -> None:
    history = History().filed("2024-12-26 09:00", criticality="critical")
    found = history.moved(withdrawn, "closed", resolution="withdrawn").verdict("2025-02-01 00:00")
    assert found.reaction.state == "withdrawn"
    assert found.reaction.working_seconds == CALENDAR.between(at("2024-12-26 09:00"), at(withdrawn))
    assert (found.status, found.resolution) == ("closed", "withdrawn")


def test_a_withdrawal_after_the_reaction_leaves_its_verdict() -> None:
    history = History().filed("2024-12-26 09:00").accepted("2024-12-26 10:00")
    assert (
        history.moved("2024-12-26 11:00", "closed", resolution="withdrawn").verdict("2024-12-27 00:00").reaction.state
        == "kept"
    )


def test_raised_with_the_new_deadline_still_ahead() -> None:
    history = History().filed("2024-12-26 09:00").reclassified("2024-12-26 10:59:59", "critical")
    assert deadlines(history, "2024-12-26 11:00") == [
        ("registered", "2024-12-26 17:00:00", 8),
        ("raised", "2024-12-26 11:00:00", 2),
    ]


def test_raised_when_the_new_deadline_is_not_ahead_any_more() -> None:
    history = History().filed("2024-12-26 09:00").reclassified("2024-12-26 11:00:00", "critical")
    assert deadlines(history, "2024-12-26 11:00")[-1] == ("raised", "2024-12-26 13:00:00", 2)


def test_raised_late_keeps_the_earlier_deadline() -> None:
    history = History().filed("2024-12-26 09:00").reclassified("2024-12-26 16:00", "critical")
    assert deadlines(history, "2024-12-26 16:00")[-1] == ("raised", "2024-12-26 17:00:00", 2)
    assert history.accepted("2024-12-26 17:00").verdict("2024-12-27 00:00").reaction.state == "kept"


def test_lowered_counts_from_registration() -> None:
    history = (
        History().filed("2024-12-26 09:00", criticality="critical").reclassified("2024-12-26 10:00", "non_critical")
    )
    assert deadlines(history, "2024-12-26 11:00") == [
        ("registered", "2024-12-26 11:00:00", 2),
        ("lowered", "2024-12-26 17:00:00", 8),
    ]
    assert history.accepted("2024-12-26 16:00").verdict("2024-12-27 00:00").reaction.state == "kept"


def test_a_deadline_that_had_passed_stays_broken() -> None:
    history = History().filed("2024-12-26 09:00", criticality="critical")
    history.reclassified("2024-12-26 11:00:01", "non_critical").accepted("2024-12-26 12:00")
    found = history.verdict("2024-12-27 00:00").reaction
    assert found.state == "broken"
    assert shown(found.due) == "2024-12-26 17:00:00"


def test_a_change_at_exactly_the_deadline_is_no_breach() -> None:
    history = (
        History().filed("2024-12-26 09:00", criticality="critical").reclassified("2024-12-26 11:00", "non_critical")
    )
    assert history.verdict("2024-12-26 11:00").reaction.state == "running"


def test_each_change_sees_only_the_deadline_in_force() -> None:
    history = History().filed("2024-12-26 09:00")  # 17:00
    history.reclassified("2024-12-26 12:00", "critical")  # registration + 2 h has passed: 14:00
    history.reclassified("2024-12-26 13:00", "non_critical")  # 17:00 again
    history.reclassified("2024-12-26 16:30", "critical")  # the earlier of 17:00 and 09:30 of the next day
    assert [due for _, due, _ in deadlines(history, "2024-12-26 16:30")] == [
        "2024-12-26 17:00:00", "2024-12-26 14:00:00", "2024-12-26 17:00:00", "2024-12-26 17:00:00",
    ]  # fmt: skip


def test_another_type_is_a_lowering_and_only_incidents_are_critical() -> None:
    history = History().filed("2024-12-26 09:00", criticality="critical")
    history.reclassified("2024-12-26 10:00", "critical", type="bug")
    assert deadlines(history, "2024-12-26 10:00")[-1][::2] == ("lowered", 8)


def test_the_same_target_changes_nothing() -> None:
    history = History().filed("2024-12-26 09:00").reclassified("2024-12-26 10:00", "non_critical", type="bug")
    assert len(history.verdict("2024-12-26 10:00").reaction.deadlines) == 1


def test_nothing_moves_after_the_reaction() -> None:
    history = (
        History().filed("2024-12-26 09:00").accepted("2024-12-26 15:00").reclassified("2024-12-26 15:00", "critical")
    )
    found = history.verdict("2024-12-27 00:00").reaction
    assert (found.state, len(found.deadlines)) == ("kept", 1)


def test_a_corrected_calendar_measures_the_open_deadline_anew() -> None:
    moved = corrected({"2024-12-27": {"type": "moved_day_off", "source": "x"}})
    calendars = CALENDARS | {"ru-2": moved}
    history = History().filed("2024-12-26 16:00").repinned("2024-12-26 16:30", "reaction", "ru-2")
    found = history.accepted("2024-12-28 15:00").verdict("2024-12-29 00:00", calendars).reaction
    assert [(d.cause, shown(d.due)) for d in found.deadlines] == [
        ("registered", "2024-12-27 15:00:00"),
        ("repinned", "2024-12-28 15:00:00"),
    ]
    assert (found.state, found.working_seconds, found.calendar) == ("kept", 8 * HOUR, "ru-2")


def test_a_correction_does_not_heal_a_breach() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2024-12-27": {"type": "moved_day_off", "source": "x"}})}
    history = History().filed("2024-12-26 16:00").repinned("2024-12-27 15:00:01", "reaction", "ru-2")
    assert history.accepted("2024-12-28 09:00").verdict("2024-12-29 00:00", calendars).reaction.state == "broken"


def test_changes_before_a_correction_are_folded_again() -> None:
    calendars = CALENDARS | {"ru-2": corrected({"2024-12-27": {"type": "moved_day_off", "source": "x"}})}
    history = History().filed("2024-12-26 16:30", criticality="critical")
    history.reclassified("2024-12-27 08:30", "non_critical").reclassified("2024-12-27 09:00", "critical")
    history.repinned("2024-12-27 09:10", "reaction", "ru-2")
    assert shown(history.verdict("2024-12-27 09:10", calendars).reaction.due) == "2024-12-28 09:30:00"


def test_the_promise_before_filing() -> None:
    made = promise(CALENDAR, PARAMETERS, ticket_type="incident", criticality="critical", at=at("2024-12-21 12:00"))
    assert (shown(made.clock_starts), shown(made.due), made.target_seconds) == (
        "2024-12-23 08:00:00", "2024-12-23 10:00:00", 7200,
    )  # fmt: skip
    assert not made.rests_on_provisional


def test_the_deadline_moves_if() -> None:
    def due_if(history: History, criticality: str, ticket_type: str = "incident") -> str | None:
        found = deadline_if(
            history.facts,
            CALENDARS,
            PARAMETERS,
            ticket_type=ticket_type,
            criticality=criticality,
            now=at("2024-12-26 10:00"),
        )
        return None if found is None else shown(found.due)

    history = History().filed("2024-12-26 09:00")
    assert due_if(history, "critical") == "2024-12-26 11:00:00"
    assert due_if(history, "non_critical", "bug") is None
    assert due_if(History().filed("2024-12-26 09:00", criticality="critical"), "non_critical") == "2024-12-26 17:00:00"
    assert due_if(history.accepted("2024-12-26 09:30"), "critical") is None
