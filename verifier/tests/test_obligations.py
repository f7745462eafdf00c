"""Bundles of obligations: verdicts worked out on paper, and what is found when a log is not lawful."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from verifier import verify

from .bundles import D1, Log, calendar, digest, moscow, pin


class Owed(Log):
    """The log of an obligation, owed for three working days unless said otherwise."""

    def opened(self, at: str, since: str | None = None, promise: dict[str, Any] | None = None) -> Owed:
        """Append the opening."""
        self.add(
            at, "opened", what="onboarding", whom={"kind": "contract_person", "id": 17}, clause="3.1", customer=3,
            since=moscow(since or at), promise=promise or {"form": "working_days", "parameter": "onboarding_days"},
            regulation={"edition": "2019-09-01", "digest": digest(self.parameters)}, calendar=pin(self.calendars["ru-1"]),
        )  # fmt: skip
        return self

    def ended(self, at: str, kind: str = "fulfilled", actor: str = "user:7", **payload: Any) -> Owed:
        """Append what came next."""
        self.add(at, kind, actor, **payload)
        return self

    def missed(self, at: str) -> Owed:
        """Append the timer's note."""
        return self.ended(at, "missed", "timer")

    def moved(self, at: str, old: str, new: str) -> Owed:
        """Append another promise."""
        return self.ended(at, "due_moved", reason="supplier", old=moscow(old), new=moscow(new))

    def bundle(self, as_of: str, verdict: dict[str, Any] | None = None) -> dict[str, Any]:
        """Seal the chain and give the bundle."""
        made = super().bundle(as_of, verdict)
        del made["ticket"]
        return {**made, "kind": "obligation", "obligation": "onboarding:contract_person:17"}


def judged(log: Owed, as_of: str) -> dict[str, Any]:
    """Give the verdict that the verifier makes of a log."""
    bundle = verify.check_form(verify.parse(json.dumps(log.bundle(as_of)).encode()))
    verify.check_chain(bundle)
    verify.check_digests(bundle)
    return verify.Obligation(bundle).verdict()


def unlawful(log: Owed, as_of: str = "2026-11-20 12:00") -> str:
    """Give the sentence about a log that is not allowed."""
    with pytest.raises(verify.BrokenError) as caught:
        judged(log, as_of)
    return str(caught.value)


STORY_VERDICT: dict[str, Any] = {  # signed on a Thursday; Friday, the worked Saturday and the ninth of January count
    "as_of": moscow("2025-01-15 12:00"), "kind": "onboarding", "clause": "3.1", "since": moscow("2024-12-26 10:00"),
    "opened_at": moscow("2024-12-26 10:00"), "due": moscow("2025-01-13 12:00"), "state": "fulfilled",
    "fulfilled_at": moscow("2025-01-13 12:00"), "missed_at": None, "withdrawn_at": None, "reason": None,
    "deadlines": [
        {"seq": 1, "due": moscow("2025-01-09 17:00"), "cause": "opened", "reason": None, "reading": "broken"},
        {"seq": 2, "due": moscow("2025-01-13 12:00"), "cause": "moved", "reason": "supplier", "reading": "kept"},
    ],
}  # fmt: skip


def story() -> Owed:
    log = Owed().opened("2024-12-26 10:00").moved("2024-12-28 10:00", "2025-01-09 17:00", "2025-01-13 12:00")
    return log.ended("2025-01-13 12:00", how="mail")


def test_the_story_is_verified() -> None:
    lines = verify.verify(json.dumps(story().bundle("2025-01-15 12:00", copy.deepcopy(STORY_VERDICT))).encode())
    assert lines[0] == "Obligation onboarding:contract_person:17: 3 events, as of 2025-01-15T12:00:00+03:00"
    assert "Clause 3.1, onboarding: FULFILLED" in lines
    assert "  deadline by event 1 (opened): 2025-01-09T17:00:00+03:00, broken" in lines


@pytest.mark.parametrize("name", ["state", "due", "fulfilled_at", "clause"])
def test_a_verdict_of_other_words_is_named(name: str) -> None:
    verdict = copy.deepcopy(STORY_VERDICT) | {name: "2025-01-13T12:00:01Z"}
    with pytest.raises(verify.BrokenError, match=rf"verdict\.{name}: the bundle says"):
        verify.verify(json.dumps(story().bundle("2025-01-15 12:00", verdict)).encode())


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ({"form": "working_days", "days": 1}, moscow("2024-12-27 17:00")),
        ({"form": "calendar_days", "parameter": "notice_days"}, "2025-01-10T21:00:00Z"),
        ({"form": "days_before", "on": "2025-02-01", "days": 15}, "2025-01-17T21:00:00Z"),
        ({"form": "instant", "at": "2024-12-31T00:00:00Z"}, "2024-12-31T00:00:00Z"),
    ],
)
def test_each_form_of_promise(promise: dict[str, Any], due: str) -> None:
    assert judged(Owed().opened("2024-12-26 10:00", promise=promise), "2024-12-26 12:00")["due"] == due


def test_acting_at_the_due_instant_is_in_time_and_a_second_later_is_not() -> None:
    log = Owed().opened("2024-12-26 10:00")
    assert judged(log, "2025-01-09 17:00")["state"] == "open"
    assert judged(log, "2025-01-09 17:00:01")["state"] == "missed"
    assert judged(log.ended("2025-01-09 17:00"), "2025-01-10 10:00")["state"] == "fulfilled"
    late = Owed().opened("2024-12-26 10:00").missed("2025-01-09 17:00").ended("2025-01-09 17:00:01")
    assert judged(late, "2025-01-10 10:00")["state"] == "late"


def test_entered_late_it_is_born_missed() -> None:
    log = Owed().opened("2025-01-20 10:00", since="2024-12-26 10:00").missed("2025-01-20 10:00")
    verdict = judged(log, "2025-01-20 10:00")
    assert (verdict["state"], verdict["missed_at"]) == ("missed", moscow("2025-01-20 10:00"))
    bundle = log.bundle("2025-01-20 10:00", verdict)
    assert "  note: its first deadline had passed when it was entered" in verify.verify(json.dumps(bundle).encode())


def test_a_corrected_calendar_counts_anew() -> None:
    log = Owed().opened("2024-12-26 10:00")
    other = calendar("ru-2")
    other["years"]["2024"]["days"]["2024-12-30"]["type"] = "working"
    log.calendars["ru-2"] = other
    log.ended(
        "2024-12-27 10:00", "repinned", "timer", calendar=pin(other), old=moscow("2025-01-09 17:00"),
        new=moscow("2024-12-30 17:00"),
    )  # fmt: skip
    assert [each["due"] for each in judged(log, "2024-12-27 10:00")["deadlines"]] == [
        moscow("2025-01-09 17:00"), moscow("2024-12-30 17:00"),
    ]  # fmt: skip
    log.events[-1]["payload"]["new"] = moscow("2024-12-30 16:00")
    assert "new is 2024-12-30T13:00:00Z, but the deadline is 2024-12-30T14:00:00Z" in unlawful(log)


def test_withdrawn() -> None:
    log = Owed().opened("2024-12-26 10:00").ended("2024-12-27 10:00", "withdrawn", reason="mistake", note_digest=D1)
    verdict = judged(log, "2025-02-01 10:00")
    assert (verdict["state"], verdict["reason"], verdict["missed_at"]) == ("withdrawn", "mistake", None)


def pinned_again(at: str) -> dict[str, Any]:
    return {
        "at": at, "kind": "repinned", "actor": "timer", "calendar": pin(), "old": moscow("2025-01-09 17:00"),
        "new": moscow("2025-01-09 17:00"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ([{"at": "2025-01-10 10:00"}], "missed had come due at 2025-01-09T14:00:00Z and is not in the log before it"),
        ([{"at": "2025-01-09 16:59", "kind": "missed", "actor": "timer"}], "but it was due at 2025-01-09T14:00:00Z"),
        ([{"at": "2025-01-09 17:00", "kind": "missed"}], "user:7 cannot do that, only timer"),
        ([{"at": "2024-12-27 10:00"}, {"at": "2024-12-27 10:00"}], "nothing was owed any more"),
        ([{"at": "2024-12-27 10:00", "kind": "opened"}], "its payload lacks what"),
        ([{"at": "2024-12-27 10:00", "kind": "closed"}], "there is no such kind of event"),
        ([{"at": "2024-12-27 10:00", "why": "x"}], "holds why, which this kind of event does not have"),
        ([{"at": "2024-12-27 10:00", "kind": "withdrawn", "reason": "two words"}], "reason must be a code"),
        (
            [{"at": "2024-12-27 10:00", "kind": "due_moved", "reason": "x", "old": moscow("2025-01-09 17:00"),
              "new": moscow("2024-12-27 09:59")}],
            "it promises an instant that had passed",
        ),
        (
            [{"at": "2024-12-27 10:00", "kind": "due_moved", "reason": "x", "old": moscow("2025-01-09 16:00"),
              "new": moscow("2025-01-20 10:00")}],
            "old is 2025-01-09T13:00:00Z, but the deadline is 2025-01-09T14:00:00Z",
        ),
        (
            [{"at": "2025-01-09 17:00", "kind": "missed", "actor": "timer"}, pinned_again("2025-01-10 10:00")],
            "it was missed already, and a verdict stays",
        ),
        (
            [{"at": "2025-01-09 17:00", "kind": "missed", "actor": "timer"},
             {"at": "2025-01-09 17:00", "kind": "missed", "actor": "timer"}],
            "it was missed at 2025-01-09T14:00:00Z already",
        ),
        (
            [{"at": "2024-12-27 10:00", "kind": "due_moved", "reason": "x", "old": moscow("2025-01-09 17:00"),
              "new": moscow("2025-01-20 10:00")}, pinned_again("2024-12-27 11:00")],
            "its deadline does not rest on the production calendar",
        ),
    ],
)  # fmt: skip
def test_what_is_not_allowed_is_named(steps: list[dict[str, Any]], sentence: str) -> None:
    log = Owed().opened("2024-12-26 10:00")
    for step in steps:
        log.ended(**step)
    assert sentence in unlawful(log, "2025-02-01 12:00")


@pytest.mark.parametrize(
    "promise",
    [
        {"form": "soon"}, {"form": ["instant"]}, {"form": "working_days"}, {"form": "working_days", "days": 0},
        {"form": "working_days", "days": 1, "parameter": "notice_days"}, {"form": "working_days", "parameter": "zone"},
        {"form": "days_before", "days": 3}, {"form": "days_before", "days": 3, "on": "0001-01-01"},
        {"form": "instant", "at": "tomorrow"}, {"form": "instant", "at": moscow("2025-01-01 10:00"), "days": 3}, 7,
    ],
)  # fmt: skip
def test_a_promise_of_no_known_form_is_named(promise: Any) -> None:
    assert "promise must be a known form of promise" in unlawful(Owed().opened("2024-12-26 10:00", promise=promise))


def test_a_bundle_of_another_kind_or_name_is_refused() -> None:
    bundle = story().bundle("2025-01-15 12:00", copy.deepcopy(STORY_VERDICT))
    with pytest.raises(verify.BrokenError, match="obligation is onboarding:contract_person:18, but event 1"):
        verify.verify(json.dumps({**bundle, "obligation": "onboarding:contract_person:18"}).encode())
    for change in ({"kind": "invoice"}, {"ticket": "ZAVOD-42"}):
        with pytest.raises(verify.UnreadableError):
            verify.verify(json.dumps({**bundle, **change}).encode())


def test_a_changed_event_is_named() -> None:
    bundle = story().bundle("2025-01-15 12:00", copy.deepcopy(STORY_VERDICT))
    bundle["events"][2]["payload"]["how"] = "in_person"
    with pytest.raises(verify.BrokenError, match=r"event 3 .*: the event was changed"):
        verify.verify(json.dumps(bundle).encode())
