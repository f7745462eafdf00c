"""The story that the tests tell, the verdict worked out by hand, and short ways to judge a bundle."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from verifier import verify

from .bundles import Log, moscow

VERIFIER = Path(verify.__file__)


def story() -> Log:
    """Tell a critical incident with an answered question and a proposal that ran out (11 events)."""
    log = Log().filed("2024-12-27 16:30", "incident", "critical").accepted("2024-12-28 09:30").asked("2024-12-28 09:30")
    log.receipt("2024-12-28 10:00", "read").reacted("2025-01-09 12:00").proposed("2025-01-09 13:00", 2)
    log.receipt("2025-01-10 17:00", term=2).reminded("2025-01-14 08:00", 2)
    log.expired("2025-01-15 17:00", 2, "solution_proposed").reacted("2025-01-20 09:00", "suspended")
    return log.closed("2025-01-20 10:00")


STORY_VERDICT: dict[str, Any] = {  # worked out with pencil and paper
    "as_of": moscow("2025-01-21 09:00"),
    "status": "closed",
    "resolution": "solved",
    "reaction": {
        "state": "kept", "registered_at": "2024-12-27T13:30:00Z", "due": "2024-12-28T06:30:00Z",
        "reacted_at": "2024-12-28T06:30:00Z", "target_seconds": 7200, "working_seconds": 7200,
        "deadlines": [{"seq": 1, "due": "2024-12-28T06:30:00Z", "target_seconds": 7200, "cause": "registered"}],
    },
    "terms": [
        {
            "term": 1, "kind": "question", "opened_at": moscow("2024-12-28 09:30"),
            "presumed_at": moscow("2025-01-09 17:00"), "received_at": moscow("2024-12-28 10:00"), "evidence": "read",
            "reminder_at": moscow("2025-01-10 08:00"), "due": moscow("2025-01-13 17:00"),
            "ended_at": moscow("2025-01-09 12:00"), "outcome": "answered",
        },
        {
            "term": 2, "kind": "proposal", "opened_at": moscow("2025-01-09 13:00"),
            "presumed_at": moscow("2025-01-10 17:00"), "received_at": moscow("2025-01-10 17:00"),
            "evidence": "presumed", "reminder_at": moscow("2025-01-14 08:00"), "due": moscow("2025-01-15 17:00"),
            "ended_at": moscow("2025-01-15 17:00"), "outcome": "expired",
        },
    ],
    "time": {
        "vendor": 4 * 3600, "customer": 253_800, "third_party": 0, "outside": 1_782_000, "nobody": 0,
        "total": 2_050_200,
    },
}  # fmt: skip


def honest() -> dict[str, Any]:
    """Give the story's bundle with its right verdict."""
    return story().bundle("2025-01-21 09:00", copy.deepcopy(STORY_VERDICT))


def refusal(bundle: dict[str, Any]) -> str:
    """Give the sentence in which the verifier names what does not hold."""
    with pytest.raises(verify.BrokenError) as caught:
        verify.verify(json.dumps(bundle).encode())
    return str(caught.value)


def judged(log: Log, as_of: str) -> dict[str, Any]:
    """Give the verdict that the verifier makes of a log, after the same checks that it always makes."""
    bundle = verify.check_form(verify.parse(json.dumps(log.bundle(as_of)).encode()))
    verify.check_chain(bundle)
    verify.check_digests(bundle)
    return verify.Replay(bundle).verdict()


def unlawful(log: Log, as_of: str = "2026-11-20 12:00") -> str:
    """Give the sentence about a log whose chain is whole, but whose story is not allowed."""
    with pytest.raises(verify.BrokenError) as caught:
        judged(log, as_of)
    return str(caught.value)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key in value for leaf in leaves(value[key], (*path, key))]
    if isinstance(value, list):
        return [leaf for number, item in enumerate(value) for leaf in leaves(item, (*path, number))]
    return [path]


def reclassified(log: Log, at: str, kind: str, criticality: str) -> Log:
    """Append a change of type or criticality by the customer."""
    return log.add(at, "reclassified", "user:17", type=kind, criticality=criticality, by="customer")


def question(at: str) -> Log:
    """Tell a ticket that is asked at this instant."""
    return Log().filed("2025-01-09 09:00").accepted("2025-01-09 10:00").asked(at)
