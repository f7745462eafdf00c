"""The verifier's reaction and terms, to the second."""

from __future__ import annotations

import pytest

from .bundles import Log, moscow
from .stories import judged, question, reclassified, unlawful


@pytest.mark.parametrize(
    ("registered", "kind", "criticality", "due"),
    [
        ("2024-12-27 16:30", "incident", "critical", "2024-12-28 09:30"),
        ("2024-12-28 16:30", "incident", "non_critical", "2025-01-09 15:30"),
        ("2024-12-28 16:30", "bug", "non_critical", "2025-01-09 15:30"),
        ("2025-01-13 08:00", "incident", "critical", "2025-01-13 10:00"),
        ("2025-01-13 07:59:59", "incident", "critical", "2025-01-13 10:00"),
        ("2025-01-13 15:00", "incident", "critical", "2025-01-13 17:00"),
        ("2025-01-13 15:00:01", "incident", "critical", "2025-01-14 08:00:01"),
        ("2025-01-13 16:59:59", "incident", "critical", "2025-01-14 09:59:59"),
        ("2025-01-13 17:00", "incident", "critical", "2025-01-14 10:00"),
        ("2025-01-11 12:00", "consultation", "non_critical", "2025-01-13 16:00"),
        ("2025-01-13 09:00", "change_request", "non_critical", "2025-01-13 17:00"),
    ],
)
def test_the_reaction_is_due_to_the_second(registered: str, kind: str, criticality: str, due: str) -> None:
    log = Log().filed(registered, kind, criticality)
    assert judged(log, registered)["reaction"]["due"] == moscow(due)


def test_acting_at_the_due_instant_is_in_time_and_a_second_later_is_not() -> None:
    for at, state in (("2025-01-13 10:00", "kept"), ("2025-01-13 10:00:01", "broken")):
        log = Log().filed("2025-01-13 08:00", "incident", "critical").accepted(at)
        assert judged(log, "2025-01-13 12:00")["reaction"]["state"] == state
    waiting = Log().filed("2025-01-13 08:00", "incident", "critical")
    assert judged(waiting, "2025-01-13 10:00")["reaction"]["state"] == "running"
    late = judged(waiting, "2025-01-13 10:00:01")["reaction"]
    assert (late["state"], late["reacted_at"], late["working_seconds"]) == ("broken", None, 7201)


def test_raised_while_the_new_deadline_is_ahead() -> None:
    log = reclassified(Log().filed("2025-01-13 08:00", "incident"), "2025-01-13 09:59:59", "incident", "critical")
    assert judged(log, "2025-01-13 09:59:59")["reaction"]["deadlines"] == [
        {"seq": 1, "due": moscow("2025-01-13 16:00"), "target_seconds": 28800, "cause": "registered"},
        {"seq": 2, "due": moscow("2025-01-13 10:00"), "target_seconds": 7200, "cause": "raised"},
    ]


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("2025-01-13 10:00", "2025-01-13 12:00"),  # the new deadline is now: it is not ahead any more
        ("2025-01-13 13:00", "2025-01-13 15:00"),
        ("2025-01-13 15:00", "2025-01-13 16:00"),  # the deadline in force is earlier
        ("2025-01-13 16:00", "2025-01-13 16:00"),
    ],
)
def test_raised_when_the_new_deadline_has_passed(changed: str, due: str) -> None:
    log = reclassified(Log().filed("2025-01-13 08:00", "incident"), changed, "incident", "critical").accepted(
        "2025-01-13 16:00"
    )
    reaction = judged(log, "2025-01-13 17:00")["reaction"]
    assert reaction["due"] == moscow(due)
    assert reaction["state"] == ("kept" if due == "2025-01-13 16:00" else "broken")


def test_lowered_counts_from_registration_but_a_passed_deadline_stays_broken() -> None:
    for changed, state in (("2025-01-13 10:00", "kept"), ("2025-01-13 10:00:01", "broken")):
        log = Log().filed("2025-01-13 08:00", "incident", "critical")
        reclassified(log, changed, "bug", "non_critical").accepted("2025-01-13 11:00")
        reaction = judged(log, "2025-01-13 12:00")["reaction"]
        assert (reaction["state"], reaction["due"]) == (state, moscow("2025-01-13 16:00"))
        assert [one["cause"] for one in reaction["deadlines"]] == ["registered", "lowered"]


def test_a_change_without_another_target_or_after_the_reaction_moves_nothing() -> None:
    log = reclassified(Log().filed("2025-01-13 08:00"), "2025-01-13 09:00", "incident", "non_critical")
    log.accepted("2025-01-13 15:00")
    reclassified(log, "2025-01-13 15:30", "incident", "critical")
    reaction = judged(log, "2025-01-14 12:00")["reaction"]
    assert (reaction["state"], reaction["target_seconds"], len(reaction["deadlines"])) == ("kept", 28800, 1)


def test_withdrawn_while_open_is_neither_kept_nor_broken() -> None:
    log = Log().filed("2025-01-13 08:00", "incident", "critical").withdrawn("2025-01-13 12:00")
    verdict = judged(log, "2025-01-20 12:00")
    reaction = verdict["reaction"]
    assert (reaction["state"], reaction["reacted_at"], reaction["working_seconds"]) == ("withdrawn", None, 4 * 3600)
    assert (verdict["status"], verdict["resolution"], verdict["time"]["total"]) == ("closed", "withdrawn", 4 * 3600)


@pytest.mark.parametrize(
    ("published", "presumed", "reminder", "due"),
    [
        ("2025-01-11 12:00", "2025-01-13 17:00", "2025-01-15 08:00", "2025-01-16 17:00"),  # Saturday
        ("2025-01-13 08:00", "2025-01-14 17:00", "2025-01-16 08:00", "2025-01-17 17:00"),
        ("2025-01-13 23:59:59", "2025-01-14 17:00", "2025-01-16 08:00", "2025-01-17 17:00"),
        ("2025-01-16 12:00", "2025-01-17 17:00", "2025-01-21 08:00", "2025-01-22 17:00"),
    ],
)
def test_a_term_without_evidence(published: str, presumed: str, reminder: str, due: str) -> None:
    running = judged(question(published), published)["terms"][0]
    assert (running["received_at"], running["evidence"], running["outcome"]) == (None, None, "running")
    came = judged(question(published), presumed)["terms"][0]
    assert (came["received_at"], came["evidence"]) == (moscow(presumed), "presumed")
    log = question(published).receipt(presumed).reminded(reminder).expired(due).reacted("2025-02-03 17:05", "suspended")
    verdict = judged(log, "2025-02-04 09:00")
    term = verdict["terms"][0]
    for one in (running, came, term):
        assert [one[key] for key in ("presumed_at", "reminder_at", "due")] == [*map(moscow, (presumed, reminder, due))]
    assert (term["ended_at"], term["outcome"], verdict["status"]) == (moscow(due), "expired", "analysis")


def test_received_on_a_day_off_that_day_is_day_zero_and_later_evidence_moves_nothing() -> None:
    log = question("2025-01-11 12:00").receipt("2025-01-11 12:30", "read").receipt("2025-01-12 12:30", "mail")
    term = judged(log, "2025-01-13 12:00")["terms"][0]
    assert (term["received_at"], term["evidence"]) == (moscow("2025-01-11 12:30"), "read")
    assert (term["reminder_at"], term["due"]) == (moscow("2025-01-14 08:00"), moscow("2025-01-15 17:00"))


def test_a_reaction_is_evidence_and_at_the_due_instant_it_is_in_time() -> None:
    term = judged(question("2025-01-13 12:00").reacted("2025-01-13 13:00"), "2025-01-13 13:00")["terms"][0]
    assert (term["received_at"], term["evidence"]) == (moscow("2025-01-13 13:00"), "reaction")
    assert (term["due"], term["outcome"]) == (moscow("2025-01-16 17:00"), "answered")
    log = question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-16 08:00")
    term = judged(log.reacted("2025-01-17 17:00"), "2025-01-18 12:00")["terms"][0]
    assert (term["ended_at"], term["outcome"]) == (moscow("2025-01-17 17:00"), "answered")


@pytest.mark.parametrize(
    ("missing", "events"),
    [
        ("receipt (presumed)", []),
        ("reminded", ["receipt"]),
        ("suspended_unanswered", ["receipt", "reminded"]),
    ],
)
def test_a_timer_that_did_not_settle_first_is_named(missing: str, events: list[str]) -> None:
    log = question("2025-01-13 12:00")
    if "receipt" in events:
        log.receipt("2025-01-14 17:00")
    if "reminded" in events:
        log.reminded("2025-01-16 08:00")
    said = unlawful(log.reacted("2025-01-17 17:00:01"))
    assert said.startswith("event") and f"{missing} of term 1 had come due" in said


@pytest.mark.parametrize("at", ["2025-01-17 16:59:59", "2025-01-17 17:00:01"])
def test_a_suspension_at_another_second_is_named(at: str) -> None:
    log = question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-16 08:00").expired(at)
    assert "term 1" in unlawful(log) and moscow("2025-01-17 17:00") in unlawful(log)


def test_presumption_and_reminder_at_another_second_are_named() -> None:
    said = unlawful(question("2025-01-13 12:00").receipt("2025-01-14 16:59:59"))
    assert said.endswith(f"but the presumed receipt of term 1 is {moscow('2025-01-14 17:00')}")
    said = unlawful(question("2025-01-13 12:00").receipt("2025-01-14 17:00").reminded("2025-01-15 08:00"))
    assert said.endswith(f"but the reminder of term 1 is {moscow('2025-01-16 08:00')}")


def test_other_ends_of_a_term() -> None:
    log = question("2025-01-13 12:00").proposed("2025-01-13 13:00", 2, "info_requested")
    log.add(
        "2025-01-13 14:00", "retracted", from_="solution_proposed", to_="analysis", message=9, reason_digest="a" * 64
    )
    log.asked("2025-01-13 14:30", 3).closed(
        "2025-01-13 15:00", "info_requested", "declined", message=9, digest="a" * 64, files=[]
    )
    verdict = judged(log, "2025-01-14 12:00")
    assert [term["outcome"] for term in verdict["terms"]] == ["replaced", "retracted", "closed"]
    assert [term["received_at"] for term in verdict["terms"]] == [None, None, None]


def test_a_proposal_can_be_accepted_even_after_its_term_but_not_a_question() -> None:
    for kind, allowed in (("solution_proposed", True), ("info_requested", False)):
        log = Log().filed("2025-01-13 09:00").accepted("2025-01-13 09:30")
        log = log.proposed("2025-01-13 12:00") if allowed else log.asked("2025-01-13 12:00")
        log.receipt("2025-01-14 17:00").reminded("2025-01-16 08:00").expired("2025-01-17 17:00", was=kind)
        log.add("2025-01-20 12:00", "solution_accepted", from_="suspended", to_="closed", resolution="solved")
        if allowed:
            assert judged(log, "2025-01-20 12:00")["status"] == "closed"
        else:
            assert "no proposed solution" in unlawful(log)
