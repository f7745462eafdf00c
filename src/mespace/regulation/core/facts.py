"""What happened to a ticket, as far as time is concerned: the only input of a verdict besides calendar and edition."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that counts from the instant `at` (epoch seconds); several facts may come of one event `seq`."""

    seq: int
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Fact):
    """The ticket got its key: the reaction clock starts on the calendar edition `calendar`."""

    type: str
    criticality: str
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Fact):
    """A person of the support took the ticket: the reaction (the first one counts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reclassified(Fact):
    """The type or the criticality from now on."""

    type: str
    criticality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOpened(Fact):
    """A question or a proposal (`kind`) was published; a term that still runs is replaced by it."""

    term: int
    kind: str
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Fact):
    """Evidence (`read`, `mail` or `presumed`) that the requester received what the term waits on."""

    term: int
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEnded(Fact):
    """The term is over: `answered`, `retracted`, `closed` or `expired`."""

    term: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Fact):
    """The status from now on, the first `open` included; `waiting_for` when suspended, `resolution` when closed."""

    to: str
    waiting_for: str | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repinned(Fact):
    """A calendar correction reached a clock that still runs; `subject` is `reaction` or `term:N`."""

    subject: str
    calendar: str
