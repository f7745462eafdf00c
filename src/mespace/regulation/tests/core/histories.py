"""Small histories of tickets, as facts, and random ones for the properties."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from mespace.regulation.core.facts import (
    Accepted,
    Fact,
    Moved,
    Receipt,
    Reclassified,
    Registered,
    Repinned,
    TermEnded,
    TermOpened,
)
from mespace.regulation.core.verdict import Verdict, verdict
from mespace.regulation.tests.core.moscow import CALENDARS, PARAMETERS, at


@dataclass
class History:
    """Builds a ticket's facts step by step; instants are Moscow wall-clock texts or epoch seconds."""

    facts: list[Fact] = field(default_factory=list)
    seq: int = 0

    def _next(self, when: str | int) -> dict[str, int]:
        self.seq += 1
        return {"seq": self.seq, "at": at(when) if isinstance(when, str) else when}

    def filed(
        self,
        when: str | int,
        *,
        type: str = "incident",  # noqa: A002
        criticality: str = "non_critical",
        calendar: str = "ru-1",
    ) -> "History":
        event = self._next(when)
        self.facts += [
            Registered(**event, type=type, criticality=criticality, calendar=calendar),
            Moved(**event, to="open"),
        ]
        return self

    def accepted(self, when: str | int) -> "History":
        event = self._next(when)
        self.facts += [Accepted(**event), Moved(**event, to="analysis")]
        return self

    def reclassified(self, when: str | int, criticality: str, type: str = "incident") -> "History":  # noqa: A002
        self.facts.append(Reclassified(**self._next(when), type=type, criticality=criticality))
        return self

    def asked(self, when: str | int, term: int = 1, kind: str = "question", calendar: str = "ru-1") -> "History":
        event = self._next(when)
        to = "info_requested" if kind == "question" else "solution_proposed"
        self.facts += [TermOpened(**event, term=term, kind=kind, calendar=calendar), Moved(**event, to=to)]
        return self

    def receipt(self, when: str | int, evidence: str, term: int = 1) -> "History":
        self.facts.append(Receipt(**self._next(when), term=term, evidence=evidence))
        return self

    def ended(self, when: str | int, outcome: str, term: int = 1, **move: Any) -> "History":
        event = self._next(when)
        move = move or {"to": "suspended", "waiting_for": "customer"} if outcome == "expired" else move
        self.facts += [TermEnded(**event, term=term, outcome=outcome), Moved(**event, **(move or {"to": "analysis"}))]
        return self

    def moved(self, when: str | int, to: str, **more: Any) -> "History":
        self.facts.append(Moved(**self._next(when), to=to, **more))
        return self

    def repinned(self, when: str | int, subject: str, calendar: str) -> "History":
        self.facts.append(Repinned(**self._next(when), subject=subject, calendar=calendar))
        return self

    def verdict(self, as_of: str | int, calendars: Any = None) -> Verdict:
        return verdict(self.facts, calendars or CALENDARS, PARAMETERS, at(as_of) if isinstance(as_of, str) else as_of)


@st.composite
def histories(draw: st.DrawFn) -> tuple[History, int]:  # noqa: C901 - one lawful walk
    """Draw a lawful history and an instant not before its last fact."""
    history = History()
    now = draw(st.integers(at("2023-11-01 00:00"), at("2025-03-01 00:00")))

    def later() -> int:
        nonlocal now
        now += draw(st.sampled_from([0, 1, 59]) | st.integers(0, 6 * 24 * 3600))
        return now

    critical = st.sampled_from(["critical", "non_critical"])
    history.filed(now, criticality=draw(critical))
    for _ in range(draw(st.integers(0, 3))):
        history.reclassified(later(), draw(critical))
    fate = draw(st.sampled_from(["open", "withdrawn", "accepted", "accepted", "accepted"]))
    if fate == "withdrawn":
        history.moved(later(), "closed", resolution="withdrawn")
    if fate == "accepted":
        history.accepted(later())
        status, term = "analysis", 0
        for _ in range(draw(st.integers(0, 6))):
            if status == "analysis":
                step = draw(st.sampled_from(["asked", "in_progress", "suspended", "closed"]))
            elif status == "waiting":
                step = draw(st.sampled_from(["asked", "read", "mail", "answered", "retracted", "closed-term"]))
            else:
                step = "analysis"
            if step == "asked":
                term += 1
                history.asked(later(), term=term)
                status = "waiting"
            elif step in {"read", "mail"}:
                history.receipt(later(), step, term=term)
            elif step in {"answered", "retracted"}:
                history.ended(later(), step, term=term)
                status = "analysis"
            elif step == "closed-term":
                history.ended(later(), "closed", term=term, to="closed", resolution="solved")
                status = "other"
            else:
                who = draw(st.sampled_from(["customer", "third_party"]))
                history.moved(
                    later(), step,
                    waiting_for=who if step == "suspended" else None,
                    resolution="solved" if step == "closed" else None,
                )  # fmt: skip
                status = "analysis" if step == "analysis" else "other"
    return history, later()
