"""What another production calendar would change: deadlines that run, and verdicts that were given (E4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.ledger.models import Event
from mespace.obligations.queries.calendar_effects import MovedObligation, obligation_effects
from mespace.regulation.core.facts import Fact, Repinned
from mespace.regulation.core.reaction import RUNNING, ReactionVerdict
from mespace.regulation.core.verdict import Verdict, verdict
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.queries import MOSCOW, parameters_of
from mespace.tickets.clocks import calendars_of, instant
from mespace.tickets.events import Kind
from mespace.tickets.facts import facts_of
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import Ticket

if TYPE_CHECKING:
    from uuid import UUID

TRIAL: Final = "trial"
REACH: Final = timedelta(days=40)  # no promise of any edition spans more days off in a row than this
BATCH: Final = 500


@dataclass(frozen=True)
class Moved:
    """A deadline that would be another: `what` is `reaction` or `term`; states are the verdict's, before and after."""

    key: str
    subject: str
    what: str
    old: datetime
    new: datetime
    old_state: str
    new_state: str


@dataclass(frozen=True)
class Effects:
    """What would change: clocks that run are re-pinned, verdicts that were given stay as they are.

    The same of what else is owed, besides tickets.
    """

    running: list[Moved]
    given: list[Moved]
    owed_running: list[MovedObligation] = field(default_factory=list)
    owed_given: list[MovedObligation] = field(default_factory=list)

    @property
    def moving(self) -> int:
        """How many deadlines that run would move."""
        return len(self.running) + len(self.owed_running)

    @property
    def differing(self) -> int:
        """How many given verdicts would differ."""
        return len(self.given) + len(self.owed_given)


def effects(*, actor: Actor, content: Mapping[str, Any], changed: Collection[date], now: datetime) -> Effects:
    """What the calendar `content` would change, if it differs from the one in use on the dates `changed`.

    Only what has promises that reach into those dates is read. Raises Refused.
    """
    actor.require(Permission.CUSTOMERS_READ)
    if not changed:
        return Effects([], [])
    start = datetime.combine(min(changed), time(), MOSCOW)
    end = datetime.combine(max(changed) + timedelta(days=1), time(), MOSCOW)
    trial = _Trials(content)
    rows = Ticket.objects.visible_to(actor).select_related("regulation_edition")
    runs = Q(status=Status.OPEN, reaction_due_at__gte=start) | Q(term_due_at__gte=start)
    running = [
        moved
        for ticket, facts in _logs(rows.open_work().filter(runs).order_by("pk").iterator(BATCH))
        for moved in _running(ticket, facts, trial, now)
    ]
    terms = Event.objects.filter(kind__in=[Kind.ASKED, Kind.PROPOSED], at__gte=start - REACH, at__lt=end)
    # Two look-ups by an index each: joined by OR, every ticket would be read.
    judged = Ticket.objects.filter(registered_at__gte=start - REACH, registered_at__lt=end).values("pk")
    judged = judged.union(Ticket.objects.filter(stream_id__in=terms.values("stream_id")).values("pk"))
    given = [
        moved
        for ticket, facts in _logs(rows.filter(pk__in=judged).order_by("pk").iterator(BATCH))
        for moved in _given(ticket, facts, trial, now)
    ]
    owed = obligation_effects(actor=actor, trial=trial.of, start=start, end=end, now=now)
    return Effects(running, given, *owed)


class _Trials:
    """The calendar on trial, compiled once per edition of the regulation."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.compiled: dict[str, WorkingCalendar] = {}

    def of(self, regulation_code: str) -> WorkingCalendar:
        if regulation_code not in self.compiled:
            self.compiled[regulation_code] = WorkingCalendar.compile(self.content, parameters_of(regulation_code))
        return self.compiled[regulation_code]


def _logs(tickets: Iterable[Ticket]) -> Iterator[tuple[Ticket, list[Fact]]]:
    rest = iter(tickets)
    while batch := list(islice(rest, BATCH)):
        events: dict[UUID, list[Event]] = defaultdict(list)
        for event in Event.objects.filter(stream_id__in=[each.stream_id for each in batch]).order_by("stream", "seq"):
            events[event.stream_id].append(event)
        for ticket in batch:
            yield ticket, facts_of(events[ticket.stream_id])


def _running(ticket: Ticket, facts: list[Fact], trials: _Trials, now: datetime) -> Iterator[Moved]:
    code = ticket.regulation_edition.code
    present = _verdict(facts, calendars_of(facts, code), code, now)
    calendars = calendars_of(facts, code) | {TRIAL: trials.of(code)}
    at, seq = max(int(now.timestamp()), facts[-1].at), facts[-1].seq + 1
    if ticket.status == Status.OPEN and present.reaction.state == RUNNING:
        after = _verdict([*facts, Repinned(seq=seq, at=at, subject="reaction", calendar=TRIAL)], calendars, code, now)
        yield from _moved(ticket, "reaction", present.reaction, after.reaction)
    term = present.running_term
    if term is not None:
        repinned = Repinned(seq=seq, at=at, subject=f"term:{term.term}", calendar=TRIAL)
        new = _verdict([*facts, repinned], calendars, code, now).running_term
        if new is not None and new.due != term.due:
            yield _line(ticket, "term", term.due, new.due, term.outcome, new.outcome)


def _given(ticket: Ticket, facts: list[Fact], trials: _Trials, now: datetime) -> Iterator[Moved]:
    code = ticket.regulation_edition.code
    calendars = calendars_of(facts, code)
    present = _verdict(facts, calendars, code, now)
    after = _verdict(facts, dict.fromkeys(calendars, trials.of(code)), code, now)
    if present.reaction.state != RUNNING:
        yield from _moved(ticket, "reaction", present.reaction, after.reaction)
    for old, new in zip(present.terms, after.terms, strict=True):
        if not old.is_running and old.due != new.due:
            yield _line(ticket, "term", old.due, new.due, old.outcome, new.outcome)


def _moved(ticket: Ticket, what: str, old: ReactionVerdict, new: ReactionVerdict) -> Iterator[Moved]:
    if (old.due, old.state) != (new.due, new.state):
        yield _line(ticket, what, old.due, new.due, old.state, new.state)


def _line(ticket: Ticket, what: str, old: int, new: int, old_state: str, new_state: str) -> Moved:
    return Moved(ticket.key, ticket.subject, what, instant(old), instant(new), old_state, new_state)


def _verdict(facts: list[Fact], calendars: Mapping[str, WorkingCalendar], code: str, now: datetime) -> Verdict:
    as_of = max(int(now.timestamp()), facts[-1].at)
    return verdict(facts, calendars, parameters_of(code), as_of)
