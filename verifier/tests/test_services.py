"""The verifier on work and remote sessions: nothing without consent, nothing otherwise without saying so."""

from __future__ import annotations

from typing import Any

import pytest

from .bundles import Log, moscow
from .stories import judged, unlawful

WORK: dict[str, Any] = {"work": 1, "service": "remote_analysis", "person": 7, "minutes": 45, "on": "2025-01-13"}
REASON: dict[str, Any] = {"message": 9, "reason_digest": "a" * 64}
TEXT: dict[str, Any] = {"message": 9, "digest": "a" * 64, "files": []}
OTHER = {"work": 2, "replaces": 1, **REASON}


def accepted() -> Log:
    """Tell a ticket that support has taken."""
    return Log().filed("2025-01-13 09:00").accepted("2025-01-13 09:30")


def proposed(log: Log | None = None, **changes: Any) -> Log:
    """Propose a session from 12:00 to 14:00, in which person 7 connects."""
    terms = {"starts": moscow("2025-01-13 12:00"), "ends": moscow("2025-01-13 14:00"), "terms_digest": "b" * 64}
    payload = {"session": 1, "person": 7, **terms, **TEXT, **changes}
    return (log or accepted()).add("2025-01-13 10:00", "session_proposed", **payload)


def answered(log: Log, kind: str = "session_consented", at: str = "2025-01-13 11:00", **more: Any) -> Log:
    """Let customer's person 5 answer."""
    return log.add(at, kind, "user:5", session=1, by_person=5, **more)


def started(log: Log, at: str = "2025-01-13 12:00", **more: Any) -> Log:
    """Let person 7 connect."""
    return log.add(at, "session_started", **{"session": 1, "person": 7, **more})


def ended(log: Log) -> Log:
    """End the session."""
    return log.add("2025-01-13 13:00", "session_ended", session=1, outcome="done", build_after=3, **TEXT)


def test_a_lawful_story_moves_no_clock() -> None:
    plain = accepted()
    told = accepted().add("2025-01-13 09:40", "work_logged", **WORK)
    told = told.add("2025-01-13 09:41", "work_corrected", **{**WORK, **OTHER, "minutes": 30})
    told = told.add("2025-01-13 09:42", "work_withdrawn", **{**WORK, **OTHER, "work": 3, "replaces": 2})
    told = ended(started(answered(proposed(told))))
    assert judged(told, "2025-01-13 15:00") == judged(plain, "2025-01-13 15:00")


def test_an_answer_in_a_waiting_status_is_followed_by_the_reaction() -> None:
    asked = proposed(accepted().asked("2025-01-13 10:00"))
    assert judged(answered(asked).reacted("2025-01-13 11:00"), "2025-01-13 15:00")["status"] == "analysis"
    asked = proposed(accepted().asked("2025-01-13 10:00"))
    assert "no reaction follows" in unlawful(answered(asked), "2025-01-13 15:00")


@pytest.mark.parametrize(
    ("log", "named"),
    [
        (accepted().add("2025-01-13 10:00", "work_logged", **{**WORK, "service": "tea"}), "service must be a service of clause 6.3"),
        (accepted().add("2025-01-13 10:00", "work_logged", **{**WORK, "minutes": 1441}), "minutes must be minutes of one day"),
        (accepted().add("2025-01-13 10:00", "work_logged", **WORK).add("2025-01-13 10:01", "work_logged", **WORK), "there is an entry 1 already"),
        (accepted().add("2025-01-13 10:00", "work_corrected", **{**WORK, **OTHER}), "no entry 1 counts"),
        (accepted().add("2025-01-13 10:00", "work_logged", **WORK).add("2025-01-13 10:01", "work_withdrawn", **{**WORK, **OTHER}).add("2025-01-13 10:02", "work_corrected", **{**WORK, **OTHER, "work": 3}), "no entry 1 counts"),
        (accepted().add("2025-01-13 10:00", "work_logged", **WORK).add("2025-01-13 10:01", "work_withdrawn", **{**WORK, **OTHER}).add("2025-01-13 10:02", "work_corrected", **{**WORK, **OTHER, "work": 3, "replaces": 2}), "no entry 2 counts"),
        (started(proposed()), "the session is proposed"),
        (started(answered(proposed(), "session_refused")), "the session is refused"),
        (started(answered(answered(proposed()), "session_consent_withdrawn")), "the session is withdrawn"),
        (ended(answered(proposed())), "the session is agreed"),
        (started(accepted()), "no session 1 was proposed"),
        (proposed(proposed()), "there is a session 1 already"),
        (proposed(ends=moscow("2025-01-13 12:00")), "it ends before it begins"),
        (started(answered(proposed()), "2025-01-13 11:59:59"), "it differs from what was agreed in window, and says nothing"),
        (started(answered(proposed()), "2025-01-13 14:00"), "it differs from what was agreed in window, and says nothing"),
        (started(answered(proposed()), person=8), "it differs from what was agreed in person, and says nothing"),
        (started(answered(proposed()), terms_digest="c" * 64), "it differs from what was agreed in tool, and says nothing"),
        (started(answered(proposed()), outside=["window"], **REASON), "it differs from what was agreed in nothing, and says window"),
        (started(answered(proposed()), person=8, outside=["person"]), "gives no reason"),
        (started(answered(proposed()), outside=[]), "outside must be a list of window, person, tool"),
        (answered(proposed(), at="2025-01-13 14:00"), "the proposed time was over"),
        (answered(proposed(), said_at=moscow("2025-01-13 09:59")), "it was said before the proposal"),
        (answered(proposed(), said_at=moscow("2025-01-13 11:01")), "it was said before the proposal"),
        (proposed().add("2025-01-13 11:00", "session_consented", "user:7", session=1, by_person=5), "user:7 answers for another"),
        (answered(proposed()).add("2025-01-13 11:59", "session_missed", session=1, absent="customer"), "had not come"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_named(log: Log, named: str) -> None:
    assert named in unlawful(log, "2025-01-13 15:00")
