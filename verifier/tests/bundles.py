"""Hand-made bundles for the verifier's tests: chains and digests are made here, verdicts are written by hand."""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

STREAM = "7b0e1f9a-3c55-4d0b-9a53-1f6f7c0e2a11"
D1 = hashlib.sha256(b"one").hexdigest()

PARAMETERS: dict[str, Any] = {
    "zone": "Europe/Moscow", "day_start": "08:00", "day_end": "17:00",
    "reaction_seconds": {"critical": 7200, "non_critical": 28800},
    "answer_days": 3, "presumption_days": 1, "reminder_day": 2, "reopen_seconds": 1209600,
    "onboarding_days": 3, "notice_days": 15, "decreed_days_work": True,
}  # fmt: skip

_OFF_2024 = {"2024-12-30": "moved_day_off", "2024-12-31": "moved_day_off"}
_OFF_2025 = {f"2025-01-{day:02d}": "public_holiday" for day in (1, 2, 3, 6, 7, 8)}


def _year(days: dict[str, str], state: str = "adopted") -> dict[str, Any]:
    return {
        "state": state,
        "known_from": "2023-08-10",
        "days": {day: {"type": kind, "source": "источник не проверен"} for day, kind in days.items()},
    }


def calendar(edition: str = "ru-1") -> dict[str, Any]:
    """Give the content of a calendar of 2024–2026, with the worked Saturday of 2024-12-28."""
    return {
        "edition": edition,
        "zone": "Europe/Moscow",
        "offsets": [["1970-01-01T00:00:00Z", 10800], ["2011-03-26T23:00:00Z", 14400], ["2014-10-25T22:00:00Z", 10800]],
        "years": {
            "2024": _year({"2024-12-28": "worked_weekend", **_OFF_2024}),
            "2025": _year(_OFF_2025),
            "2026": _year({}, state="provisional"),
        },
    }


def digest(value: object) -> str:
    """Give the SHA-256 of canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pin(content: dict[str, Any] | None = None) -> dict[str, str]:
    """Name a calendar by edition and digest."""
    content = content or calendar()
    return {"edition": content["edition"], "digest": digest(content)}


def seal(events: list[dict[str, Any]]) -> None:
    """Make the whole chain anew: what a forger with the key to the database would do."""
    before = "0" * 64
    for event in events:
        event["prev_hash"] = before
        body = {key: value for key, value in event.items() if key not in ("prev_hash", "hash")}
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        before = event["hash"] = hashlib.sha256(before.encode() + text.encode()).hexdigest()


class Log:
    """A log that is written event by event; instants are Moscow's, such as "2024-12-27 16:30"."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.calendars = {"ru-1": calendar()}
        self.parameters = copy.deepcopy(PARAMETERS)

    def add(self, at: str, kind: str, actor: str = "user:7", **payload: Any) -> Log:
        """Append an event."""
        for name in ("from", "to"):
            if f"{name}_" in payload:
                payload[name] = payload.pop(f"{name}_")
        self.events.append({
            "stream": STREAM, "seq": len(self.events) + 1, "at": moscow(at), "recorded_at": moscow(at), "kind": kind,
            "actor": actor, "payload": payload,
        })  # fmt: skip
        return self

    def filed(self, at: str, kind: str = "bug", criticality: str = "non_critical") -> Log:
        """Append the registration."""
        return self.add(
            at, "filed", to_="open", key="ZAVOD-42", type=kind, criticality=criticality, customer=3, requester=17,
            registered_by=17, product=1, build=5, site=2, contract=4, subject_digest=D1, message=1, digest=D1,
            files=[{"id": 9, "digest": D1}], calendar=pin(self.calendars["ru-1"]),
            regulation={"edition": "2019-09-01", "digest": digest(self.parameters)},
        )  # fmt: skip

    def accepted(self, at: str) -> Log:
        """Append the acceptance."""
        return self.add(at, "accepted", from_="open", to_="analysis")

    def asked(self, at: str, term: int = 1, was: str = "analysis", edition: str = "ru-1") -> Log:
        """Append a question."""
        return self.add(
            at, "asked", from_=was, to_="info_requested", message=2, digest=D1, files=[], term=term,
            calendar=pin(self.calendars[edition]),
        )  # fmt: skip

    def proposed(self, at: str, term: int = 1, was: str = "analysis") -> Log:
        """Append a proposal."""
        return self.add(
            at, "proposed", from_=was, to_="solution_proposed", message=3, digest=D1, files=[], term=term,
            calendar=pin(self.calendars["ru-1"]), answer="solution",
        )  # fmt: skip

    def reacted(self, at: str, was: str = "info_requested") -> Log:
        """Append the customer's reaction."""
        return self.add(at, "customer_reacted", "user:17", from_=was, to_="analysis", message=4, digest=D1, files=[])

    def receipt(self, at: str, evidence: str = "presumed", term: int = 1) -> Log:
        """Append evidence of receipt."""
        return self.add(at, "receipt", "timer" if evidence == "presumed" else "user:17", term=term, evidence=evidence)

    def reminded(self, at: str, term: int = 1) -> Log:
        """Append the reminder."""
        return self.add(at, "reminded", "timer", term=term)

    def expired(self, at: str, term: int = 1, was: str = "info_requested") -> Log:
        """Append the suspension of clause 5.5."""
        return self.add(at, "suspended_unanswered", "timer", from_=was, to_="suspended", term=term)

    def closed(self, at: str, was: str = "analysis", resolution: str = "solved", **more: Any) -> Log:
        """Append a closing by staff."""
        return self.add(at, "closed", from_=was, to_="closed", resolution=resolution, **more)

    def withdrawn(self, at: str, was: str = "open") -> Log:
        """Append a withdrawal."""
        return self.add(at, "withdrawn", "user:17", from_=was, to_="closed", resolution="withdrawn")

    def bundle(self, as_of: str, verdict: dict[str, Any] | None = None) -> dict[str, Any]:
        """Seal the chain and give the bundle."""
        events = copy.deepcopy(self.events)
        seal(events)
        return {
            "format": "mespace-bundle/1", "ticket": "ZAVOD-42", "stream": STREAM, "as_of": moscow(as_of),
            "regulation": {
                "edition": "2019-09-01", "digest": digest(self.parameters), "parameters": copy.deepcopy(self.parameters),
            },
            "calendars": {
                name: {"digest": digest(content), "content": copy.deepcopy(content)}
                for name, content in self.calendars.items()
            },
            "events": events, "head": {"seq": len(events), "hash": events[-1]["hash"]}, "verdict": verdict or {},
        }  # fmt: skip


def moscow(text: str) -> str:
    """Turn "2024-12-27 16:30" (Moscow, three hours ahead since 2014) into the bundle's UTC form."""
    day, time = text.split(" ")
    hour, minute, *second = (int(part) for part in time.split(":"))
    if hour < 3:
        raise ValueError("the tests' instants lie after 03:00 Moscow, so that the UTC date is the same")
    return f"{day}T{hour - 3:02d}:{minute:02d}:{second[0] if second else 0:02d}Z"
