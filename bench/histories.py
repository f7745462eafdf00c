"""Made-up histories of tickets, with their events chained and their columns projected exactly as the product does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from corpus import Corpus, Text

from mespace.ledger.canonical import event_hash, salted_digest
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.tickets.clocks import project
from mespace.tickets.events import QUIET, is_public

HOUR = 3600
MESSAGES = 6  # room for the numbers of one ticket's messages
OPEN_SHARE = 0.05
UNACCEPTED_SHARE = 0.005


@dataclass
class Event:
    """One fact, as the log holds it."""

    seq: int
    at: datetime
    kind: str
    actor: str
    payload: dict[str, Any]
    prev_hash: str
    hash: str


@dataclass
class Message:
    """One text of a ticket."""

    id: int
    author: int
    audience: str
    kind: str
    text: Text
    salt: str
    at: datetime


@dataclass
class Made:
    """A ticket with all its rows; the attributes that `project` sets are the ticket's columns."""

    id: int
    stream: UUID
    number: int
    key: str
    place: "Place"
    requester: int
    contract: int
    type: str
    criticality: str
    subject: Text
    registered_at: datetime
    assignee: int | None = None
    status: str = "open"
    resolution: str = ""
    waiting_for: str = ""
    closed_at: datetime | None = None
    planned_target: str = ""
    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A customer's project, site and people."""

    customer: int
    project: int
    code: str
    site: int
    contract: int
    revision: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Frame:
    """What all tickets share."""

    places: tuple[Place, ...]
    agents: tuple[int, ...]
    product: int
    build: int
    regulation: dict[str, str]
    regulation_id: int
    calendar_pin: dict[str, str]
    calendar_id: int
    first_id: int
    first_message: int
    count: int
    began: datetime
    now: datetime


class Histories:
    """Makes ticket number `index` of `frame.count`, the same each time."""

    def __init__(self, frame: Frame, corpus: Corpus, calendar: WorkingCalendar) -> None:
        self.frame, self.corpus, self.calendar = frame, corpus, calendar
        self.span = (frame.now - frame.began).total_seconds()
        self.fresh_from = datetime.fromtimestamp(self._back(6 * HOUR), UTC)

    def _back(self, seconds: int) -> int:
        """The latest instant from which `seconds` of working time lead to the present."""
        now = int(self.frame.now.timestamp())
        early, late = now - 30 * 86400, now
        while late - early > 1:
            middle = (early + late) // 2
            if self.calendar.between(middle, now) >= seconds:
                early = middle
            else:
                late = middle
        return early

    def made(self, indexes: Sequence[int]) -> Iterator[Made]:
        """The tickets of these numbers, counted from 0."""
        for index in indexes:
            yield _Story(self, index).tell()

    def filed_at(self, index: int) -> datetime:
        """Even over the years; the newest ones within the last hours, so that their reactions still run."""
        count = self.frame.count
        open_from = count - max(2, int(count * UNACCEPTED_SHARE))
        if index < open_from:
            seconds = (self.fresh_from - self.frame.began).total_seconds() * index / count
            return self.frame.began + timedelta(seconds=int(seconds))
        share = (index - open_from) / (count - open_from)
        return self.fresh_from + timedelta(seconds=int((self.frame.now - self.fresh_from).total_seconds() * share))


class _Story:
    def __init__(self, maker: Histories, index: int) -> None:
        frame = maker.frame
        self.maker, self.frame, self.index = maker, frame, index
        self.rng = rng = Random(index)  # noqa: S311 - a benchmark
        place = frame.places[index % len(frame.places)]
        number = index // len(frame.places) + 1
        self.at = maker.filed_at(index)
        shape, ticket_type = self._shape()
        self.steps = shape
        self.agent = rng.choice(frame.agents)
        critical = ticket_type == "incident" and rng.random() < 0.15
        self.made = Made(
            id=frame.first_id + index,
            stream=UUID(int=rng.getrandbits(128), version=4),
            number=number,
            key=f"{place.code}-{number}",
            place=place,
            requester=rng.choice(place.people),
            contract=place.contract,
            type=ticket_type,
            criticality="critical" if critical else "non_critical",
            subject=maker.corpus.subject(rng),
            registered_at=self.at,
        )
        self.head = "0" * 64

    def _shape(self) -> tuple[tuple[str, ...], str]:
        count, share = self.frame.count, self.rng.random()
        trouble = "bug" if self.rng.random() < 0.5 else "incident"
        if self.index >= count - max(2, int(count * UNACCEPTED_SHARE)):
            return (("comment",) if share < 0.3 else ()), trouble
        if self.index >= count - max(5, int(count * OPEN_SHARE)):
            return _OPEN[int(share * len(_OPEN))], trouble
        for part, steps, kind in _CLOSED:
            if share < part:
                return steps, kind or trouble
            share -= part
        raise AssertionError

    # --- the log

    def record(self, kind: str, actor: str, payload: dict[str, Any]) -> None:
        made = self.made
        seq = len(made.events) + 1
        digest = event_hash(
            prev_hash=self.head,
            stream=str(made.stream),
            seq=seq,
            at=self.at,
            recorded_at=self.at,
            kind=kind,
            actor=actor,
            payload=payload,
        )
        made.events.append(Event(seq, self.at, kind, actor, payload, self.head, digest))
        self.head = digest

    def move(self, kind: str, to: str, actor: str, payload: dict[str, Any]) -> None:
        self.record(kind, actor, {"from": self.made.status, "to": to, **payload})
        self.made.status = to

    def message(self, author: int, kind: str, *, audience: str = "customer") -> dict[str, Any]:
        made, rng = self.made, self.rng
        text = self.maker.corpus.text(rng, self.index if kind == "description" else None)
        made.codes.extend(text.codes)
        salt = f"{rng.getrandbits(128):032x}"
        pk = self.frame.first_message + self.index * MESSAGES + len(made.messages)
        made.messages.append(Message(pk, author, audience, kind, text, salt, self.at))
        return {"message": pk, "digest": salted_digest(salt, text.body), "files": []}

    def after(self, least: float, most: float) -> None:
        """So many working hours later, yet not beyond the present."""
        due = self.maker.calendar.due(int(self.at.timestamp()), int(self.rng.uniform(least, most) * HOUR) + 60)
        self.at = max(self.at, min(datetime.fromtimestamp(due, UTC), self.frame.now - timedelta(minutes=1)))

    # --- the course

    def tell(self) -> Made:
        made, frame = self.made, self.frame
        described = self.message(made.requester, "description")
        self.record(
            "filed",
            f"user:{made.requester}",
            {
                "to": "open",
                "key": made.key,
                "type": made.type,
                "criticality": made.criticality,
                "customer": made.place.customer,
                "requester": made.requester,
                "registered_by": made.requester,
                "product": frame.product,
                "contract": made.contract,
                "revision": 1,
                "regulation": frame.regulation,
                "calendar": frame.calendar_pin,
                "subject_digest": salted_digest(made.messages[0].salt, made.subject.body),
                **described,
                "build": frame.build,
                "site": made.place.site,
            },
        )
        for step in self.steps:
            getattr(self, step)()
        self.derive()
        return made

    @property
    def staff(self) -> str:
        return f"user:{self.agent}"

    @property
    def customer(self) -> str:
        return f"user:{self.made.requester}"

    def comment(self) -> None:
        self.after(0.05, 0.5)
        self.record(
            "commented", self.customer, {**self.message(self.made.requester, "comment"), "audience": "customer"}
        )

    def note(self) -> None:
        self.after(0.1, 1)
        self.record(
            "commented", self.staff, {**self.message(self.agent, "note", audience="staff"), "audience": "staff"}
        )

    def accept(self) -> None:
        target = 2 if self.made.criticality == "critical" else 8
        self.after(target * 0.05, target * (0.9 if self.rng.random() < 0.96 else 1.5))
        self.move("accepted", "analysis", self.staff, {})
        self.made.assignee = self.agent
        self.record("assigned", self.staff, {"to_user": self.agent})

    def _term(self) -> dict[str, Any]:
        term = sum(1 for event in self.made.events if "term" in event.payload and "to" in event.payload) + 1
        return {"term": term, "calendar": self.frame.calendar_pin}

    def ask(self) -> None:
        self.move("asked", "info_requested", self.staff, {**self.message(self.agent, "question"), **self._term()})

    def propose(self) -> None:
        self.after(0.5, 6)
        payload = {**self.message(self.agent, "proposal"), **self._term(), "answer": "solution"}
        self.move("proposed", "solution_proposed", self.staff, payload)

    def ask_now(self) -> None:
        self.at = max(self.at, self.frame.now - timedelta(seconds=self.rng.randint(60, 7200)))
        self.ask()

    def propose_now(self) -> None:
        self.at = max(self.at, self.frame.now - timedelta(seconds=self.rng.randint(60, 7200)))
        payload = {**self.message(self.agent, "proposal"), **self._term(), "answer": "solution"}
        self.move("proposed", "solution_proposed", self.staff, payload)

    def read(self) -> None:
        self.at += timedelta(seconds=self.rng.randint(120, 7200))
        term = next(event.payload["term"] for event in reversed(self.made.events) if "term" in event.payload)
        self.record("receipt", self.customer, {"term": term, "evidence": "read"})

    def reply(self) -> None:
        self.at += timedelta(seconds=self.rng.randint(300, 9000))
        self.move("customer_reacted", "analysis", self.customer, self.message(self.made.requester, "reaction"))

    def work(self) -> None:
        self.after(0.2, 2)
        self.move("work_started", "in_progress", self.staff, {})

    def plan(self) -> None:
        self.after(1, 5)
        self.made.planned_target = "5.9.0"
        on = (self.at + timedelta(days=60)).date().isoformat()
        self.move("scheduled", "scheduled", self.staff, {"target": "5.9.0", "on": on})

    def expire(self) -> None:
        """Each timer at its own instant, as the product's settling does."""
        while True:
            self.derive()
            wake, made = self.wake_at, self.made
            if wake is None or wake >= self.frame.now:
                return
            self.at = wake
            term = self.term
            if not self.term_evidence:
                self.record("receipt", "timer", {"term": term, "evidence": "presumed"})
            elif not self.term_reminded:
                self.record("reminded", "timer", {"term": term})
            else:
                self.move("suspended_unanswered", "suspended", "timer", {"term": term})
                made.waiting_for = "customer"
                return

    def late_reply(self) -> None:
        self.after(1, 20)
        self.made.waiting_for = ""
        self.reply()

    def take(self) -> None:
        self.at += timedelta(seconds=self.rng.randint(300, 9000))
        self._close("solution_accepted", "solved", self.customer, {})

    def close(self) -> None:
        self.after(0.3, 3)
        self._close("closed", "solved", self.staff, self.message(self.agent, "closing"))

    def consult(self) -> None:
        self.after(0.3, 3)
        self._close("closed", "consultation", self.staff, self.message(self.agent, "closing"))

    def _close(self, kind: str, resolution: str, actor: str, payload: dict[str, Any]) -> None:
        self.move(kind, "closed", actor, {"resolution": resolution, **payload})
        self.made.resolution, self.made.closed_at = resolution, self.at

    # --- the projections

    wake_at: datetime | None = None
    term: int = 0
    term_evidence: str = ""
    term_reminded: bool = False

    def derive(self) -> None:
        made = self.made
        project(made, made.events, regulation_code=self.frame.regulation["edition"])  # type: ignore[arg-type]
        self.wake_at, self.term = made.wake_at, made.term  # type: ignore[attr-defined]
        self.term_evidence, self.term_reminded = made.term_evidence, made.term_reminded  # type: ignore[attr-defined]


def versions(made: Made) -> tuple[int, datetime]:
    """The last event that the customer sees, and its instant."""
    public = [event for event in made.events if is_public(event.kind, event.payload) and event.kind not in QUIET]
    return public[-1].seq, public[-1].at


_CLOSED: tuple[tuple[float, tuple[str, ...], str], ...] = (
    (0.35, ("accept", "ask", "reply", "close"), ""),
    (0.30, ("accept", "propose", "read", "take"), ""),
    (0.15, ("comment", "accept", "consult"), "consultation"),
    (0.12, ("accept", "note", "work", "propose", "take"), ""),
    (0.081, ("accept", "ask", "expire", "late_reply", "propose", "take"), ""),
)
_OPEN: tuple[tuple[str, ...], ...] = (
    ("accept",),
    ("accept", "note"),
    ("accept", "ask", "reply"),
    ("accept", "note", "work"),
    ("accept", "ask", "reply", "work"),
    ("accept", "plan"),
    ("accept", "ask_now"),
    ("accept", "propose_now"),
    ("accept", "ask", "expire"),
    ("comment", "accept", "work"),
)
