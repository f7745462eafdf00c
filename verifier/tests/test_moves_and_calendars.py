"""The verifier's moves, calendars and re-pinnings."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest

from verifier import verify

from .bundles import PARAMETERS, Log, calendar, moscow, pin
from .stories import judged, question, reclassified, unlawful


def accepted() -> Log:
    """Tell a ticket that support has taken."""
    return Log().filed("2025-01-13 09:00").accepted("2025-01-13 09:30")


@pytest.mark.parametrize(
    ("log", "named"),
    [
        (Log().accepted("2025-01-13 09:00"), "event 1 (accepted): a log begins with filed"),
        (accepted().filed("2025-01-13 10:00"), "event 3 (filed): a log begins with filed"),
        (Log().filed("2025-01-13 09:00").closed("2025-01-13 10:00"), "event 2 (closed): from is analysis, but the status so far is open"),
        (Log().filed("2025-01-13 09:00").closed("2025-01-13 10:00", "open"), "event 2 (closed): it is not allowed from open"),
        (accepted().accepted("2025-01-13 10:00"), "event 3 (accepted): from is open"),
        (accepted().reacted("2025-01-13 10:00", "analysis"), "event 3 (customer_reacted): it is not allowed from analysis"),
        (accepted().closed("2025-01-13 10:00", resolution="withdrawn"), "event 3 (closed): resolution is withdrawn"),
        (accepted().closed("2025-01-13 10:00", resolution="third_party"), "event 3 (closed): a closing as third_party must carry vendor"),
        (accepted().closed("2025-01-13 10:00", resolution="duplicate", duplicate_of="ZAVOD-42"), "event 3 (closed): the ticket is closed as a duplicate of itself"),
        (accepted().closed("2025-01-13 10:00").withdrawn("2025-01-13 11:00", "closed"), "event 4 (withdrawn): it is not allowed from closed"),
        (accepted().asked("2025-01-13 10:00", 2), "event 3 (asked): term is 2, but the next term is 1"),
        (accepted().receipt("2025-01-13 10:00", "read"), "event 3 (receipt): there is no term 1 yet"),
        (accepted().asked("2025-01-13 10:00").closed("2025-01-13 10:30", "info_requested").reminded("2025-01-13 11:00"), "event 5 (reminded): term 1 is not running"),
        (accepted().add("2025-01-13 10:00", "work_started", from_="analysis", to_="scheduled"), "event 3 (work_started): to is scheduled"),
        (accepted().add("2025-01-13 10:00", "work_started", "timer", from_="analysis", to_="in_progress"), "event 3 (work_started): timer cannot do that"),
        (Log().filed("2025-01-13 09:00").add("2025-01-13 10:00", "accepted", "mail", from_="open", to_="analysis"), "event 2 (accepted): mail cannot do that"),
        (Log().filed("2025-01-13 09:00", "bug", "critical"), "event 1 (filed): a bug cannot be critical"),
        (reclassified(Log().filed("2025-01-13 09:00"), "2025-01-13 09:10", "incident", "critical"), "event 2 (reclassified): a bug that becomes an incident starts"),
        (Log().filed("2025-01-13 09:00").add("2025-01-13 10:00", "criticality_proposed", criticality="critical", message=9, reason_digest="a" * 64), "event 2 (criticality_proposed): before the reaction"),
        (accepted().add("2025-01-13 10:00", "deleted"), "event 3 (deleted): there is no such kind"),
        (accepted().add("2025-01-13 10:00", "joined"), "event 3 (joined): its payload lacks user"),
        (accepted().add("2025-01-13 10:00", "joined", user=5, note="x"), "event 3 (joined): its payload holds note"),
        (accepted().add("2025-01-13 10:00", "joined", user=True), "event 3 (joined): user must be an id, not true"),
        (accepted().add("2025-01-13 10:00", "joined", user="Иван Петров"), "event 3 (joined): user must be an id"),
        (Log().filed("2025-01-13 09:00").withdrawn("2025-01-13 10:00").add("2025-01-13 11:00", "reopened", from_="closed", to_="analysis", message=9, reason_digest="a" * 64), "event 3 (reopened): a ticket withdrawn while open"),
        (accepted().closed("2025-01-13 10:00").add("2025-01-13 11:00", "duplicate_undone", from_="closed", to_="analysis", message=9, reason_digest="a" * 64), "event 4 (duplicate_undone): the ticket is closed as solved"),
    ],
)  # fmt: skip
def test_what_the_regulation_does_not_allow_is_named(log: Log, named: str) -> None:
    assert unlawful(log).startswith(named)


def test_reopening_until_the_last_second_and_the_time_between_is_nobodys() -> None:
    for at, allowed in (("2025-01-27 10:00", True), ("2025-01-27 10:00:01", False)):
        log = accepted().closed("2025-01-13 10:00")
        log.add(at, "reopened", "user:17", from_="closed", to_="analysis", message=9, reason_digest="a" * 64)
        if allowed:
            verdict = judged(log, "2025-01-27 11:00")
            assert verdict["time"] == {
                "vendor": 7200, "customer": 0, "third_party": 0, "outside": 0, "nobody": 1_209_600, "total": 1_216_800,
            }  # fmt: skip
            assert verdict["resolution"] is None
        else:
            assert "it could be reopened until" in unlawful(log)


def test_whose_ball_it_is_while_suspended_by_hand() -> None:
    for party in ("customer", "third_party"):
        log = accepted().add(
            "2025-01-13 10:00",
            "suspended",
            from_="analysis",
            to_="suspended",
            waiting_for=party,
            message=9,
            reason_digest="a" * 64,
        )
        times = judged(log, "2025-01-14 09:00")["time"]
        assert (times[party], times["vendor"], times["outside"], times["total"]) == (28800, 3600, 54000, 86400)


def test_an_accepted_ticket_may_be_asked_or_closed_in_the_same_second() -> None:
    log = (
        Log()
        .filed("2025-01-13 09:00")
        .accepted("2025-01-13 09:30")
        .closed("2025-01-13 09:30", resolution="consultation")
    )
    verdict = judged(log, "2025-01-13 09:30")
    assert (verdict["reaction"]["state"], verdict["time"]["vendor"]) == ("kept", 1800)


def corrected() -> dict[str, Any]:
    """Give the calendar in which Friday 2025-01-17 turned out to be a day off."""
    content = calendar("ru-2")
    content["years"]["2025"]["days"]["2025-01-17"] = {"type": "moved_day_off", "source": None}
    return content


def test_a_correction_repins_what_is_open() -> None:
    log = Log()
    log.calendars["ru-2"] = corrected()
    log.filed("2025-01-16 16:00")
    log.add(
        "2025-01-16 16:30", "repinned", subject="reaction", calendar=pin(corrected()), old=moscow("2025-01-17 15:00"),
        new=moscow("2025-01-20 15:00"),
    ).accepted("2025-01-20 15:00")  # fmt: skip
    reaction = judged(log, "2025-01-20 16:00")["reaction"]
    assert (reaction["state"], reaction["working_seconds"]) == ("kept", 28800)
    assert [one["cause"] for one in reaction["deadlines"]] == ["registered", "repinned"]

    log = question("2025-01-13 12:00")
    log.calendars["ru-2"] = corrected()
    log.receipt("2025-01-14 17:00")
    log.add(
        "2025-01-15 09:00", "repinned", subject="term:1", calendar=pin(corrected()), old=moscow("2025-01-17 17:00"),
        new=moscow("2025-01-20 17:00"),
    ).reminded("2025-01-16 08:00").expired("2025-01-20 17:00")  # fmt: skip
    assert judged(log, "2025-01-21 09:00")["terms"][0]["due"] == moscow("2025-01-20 17:00")


def repinned(log: Log, at: str, subject: str, edition: str, old: str, new: str) -> Log:
    """Append a re-pinning to this calendar."""
    return log.add(
        at, "repinned", "timer", subject=subject, calendar=pin(log.calendars[edition]), old=moscow(old), new=moscow(new)
    )


def both() -> Log:
    """Begin a log whose bundle holds the calendar and its correction."""
    log = Log()
    log.calendars["ru-2"] = corrected()
    return log


def test_a_repinning_folds_the_changes_so_far_again() -> None:
    log = reclassified(both().filed("2025-01-16 12:00", "incident"), "2025-01-16 16:00", "incident", "critical")
    repinned(log, "2025-01-16 16:30", "reaction", "ru-2", "2025-01-17 09:00", "2025-01-20 09:00")
    assert judged(log, "2025-01-20 09:00")["reaction"]["state"] == "running"


def test_a_repinning_into_the_past_ends_the_term_at_the_repinning() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-13 12:00", edition="ru-2")
    log.receipt("2025-01-14 17:00").reminded("2025-01-16 08:00")
    repinned(log, "2025-01-18 12:00", "term:1", "ru-1", "2025-01-20 17:00", "2025-01-17 17:00")
    log.expired("2025-01-18 12:00")
    term = judged(log, "2025-01-18 12:00")["terms"][0]
    assert (term["due"], term["ended_at"]) == (moscow("2025-01-17 17:00"), moscow("2025-01-18 12:00"))


def test_a_presumption_that_a_correction_moves_into_the_past_comes_at_the_repinning() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-16 12:00", edition="ru-2")
    repinned(log, "2025-01-20 09:00", "term:1", "ru-1", "2025-01-23 17:00", "2025-01-23 17:00")
    log.receipt("2025-01-20 09:00")
    term = judged(log, "2025-01-20 10:00")["terms"][0]
    assert (term["presumed_at"], term["received_at"]) == (moscow("2025-01-17 17:00"), moscow("2025-01-20 09:00"))
    assert term["due"] == moscow("2025-01-23 17:00")


def test_a_repinningleaves_a_receipt_that_has_come() -> None:
    log = both().filed("2025-01-13 09:00").accepted("2025-01-13 09:30").asked("2025-01-16 12:00", edition="ru-2")
    log.receipt("2025-01-20 17:00")
    repinned(log, "2025-01-21 09:00", "term:1", "ru-1", "2025-01-23 17:00", "2025-01-23 17:00")
    term = judged(log, "2025-01-21 09:00")["terms"][0]
    assert (term["presumed_at"], term["received_at"]) == (moscow("2025-01-20 17:00"), moscow("2025-01-20 17:00"))


def test_the_time_is_split_by_the_calendar_named_last() -> None:
    log = both().filed("2025-01-16 11:00").accepted("2025-01-16 11:30").asked("2025-01-16 12:00")
    log.receipt("2025-01-16 13:00", "read")
    repinned(log, "2025-01-16 16:30", "term:1", "ru-2", "2025-01-21 17:00", "2025-01-22 17:00")
    assert judged(log, "2025-01-20 09:00")["time"]["customer"] == 6 * 3600  # Friday turned out to be a day off


def test_a_wrong_repinning_is_named() -> None:
    for subject, old, new, named in (
        ("reaction", "2025-01-17 15:00", "2025-01-20 15:01", "new is 2025-01-20T12:01:00Z, but the deadline is"),
        ("reaction", "2025-01-17 15:01", "2025-01-20 15:00", "old is 2025-01-17T12:01:00Z, but the deadline is"),
        ("term:1", "2025-01-17 15:00", "2025-01-20 15:00", "term:1 is not running"),
    ):
        log = Log()
        log.calendars["ru-2"] = corrected()
        log.filed("2025-01-16 16:00").add(
            "2025-01-16 16:30", "repinned", subject=subject, calendar=pin(corrected()), old=moscow(old), new=moscow(new)
        )
        assert named in unlawful(log)


def test_a_year_without_calendar_is_named_and_a_provisional_one_is_marked() -> None:
    assert "has no year 2023" in unlawful(Log().filed("2023-05-02 09:00"))
    log = Log().filed("2026-05-04 09:00")
    bundle = log.bundle("2026-05-04 09:00", judged(log, "2026-05-04 09:00"))
    assert any("provisional" in line for line in verify.verify(json.dumps(bundle).encode()))


def test_decreed_days_work_unless_the_edition_says_otherwise() -> None:
    for works, due in ((True, "2025-01-14 10:00"), (False, "2025-01-15 10:00")):
        log = Log()
        log.parameters["decreed_days_work"] = works
        log.calendars["ru-1"]["years"]["2025"]["days"]["2025-01-14"] = {"type": "decreed_non_working", "source": None}
        log.filed("2025-01-13 17:00", "incident", "critical")
        assert judged(log, "2025-01-13 17:00")["reaction"]["due"] == moscow(due)


def test_a_decree_makes_no_working_day_of_a_weekend() -> None:
    log = Log()
    log.calendars["ru-1"]["years"]["2025"]["days"]["2025-01-18"] = {"type": "decreed_non_working", "source": None}
    log.filed("2025-01-17 17:00", "incident", "critical")
    assert judged(log, "2025-01-17 17:00")["reaction"]["due"] == moscow("2025-01-20 10:00")


def test_working_time_agrees_with_counting_minute_by_minute() -> None:
    working = verify.WorkingTime(calendar(), PARAMETERS, verify.Budget())
    first = date(2024, 12, 20)
    days = [first + timedelta(days=number) for number in range(30)]
    off = {"2024-12-30", "2024-12-31", *(f"2025-01-0{day}" for day in (1, 2, 3, 6, 7, 8))}
    begin = verify.instant("2024-12-19T21:00:00Z", "begin")  # Moscow's midnight
    worked = [
        (day.weekday() < 5 or day.isoformat() == "2024-12-28") and day.isoformat() not in off and 480 <= minute < 1020
        for day in days
        for minute in range(1440)
    ]
    chance = random.Random(42)  # noqa: S311
    for _ in range(300):
        start, end = sorted(chance.randrange(len(worked)) for _ in range(2))
        seconds = 60 * sum(worked[start:end])
        assert working.between(begin + 60 * start, begin + 60 * end) == seconds
        if seconds:
            due = working.due(begin + 60 * start, seconds)
            assert working.between(begin + 60 * start, due) == seconds
            assert worked[(due - begin) // 60 - 1]


def test_a_zone_with_summer_time() -> None:
    content = calendar()
    content["offsets"] = [["1970-01-01T00:00:00Z", 3600], ["2025-03-30T01:00:00Z", 7200]]
    working = verify.WorkingTime(content, PARAMETERS, verify.Budget())
    friday, monday = verify.instant("2025-03-28T07:00:00Z", "x"), verify.instant("2025-03-31T15:00:00Z", "x")
    assert working.between(friday, monday) == 2 * 9 * 3600
    assert working.working_day_after(friday, 1) == (verify.instant("2025-03-31T06:00:00Z", "x"), monday)
