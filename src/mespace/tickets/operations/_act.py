"""One act on one ticket: the transaction, the row lock, what had come due, and all that is written at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db import transaction
from django.db.models import Q, QuerySet

from mespace.accounts.actor import TIMER, Actor
from mespace.accounts.prepared_gate import PreparedFor
from mespace.ledger.append import Fact, append
from mespace.ledger.models import Event
from mespace.ledger.read import events_of
from mespace.platform.idempotency import Once, once
from mespace.platform.jobs import Job, defer
from mespace.platform.prepared import Given, change
from mespace.platform.writing import update
from mespace.regulation.models import CalendarEdition
from mespace.regulation.queries import calendar_at, edition_of
from mespace.tickets.clocks import project
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.events import CLOCKLESS, QUIET, Kind, is_public
from mespace.tickets.lifecycle import Status, Verb, check_move
from mespace.tickets.models import Ticket
from mespace.tickets.operations._pace import WRITING, pace
from mespace.tickets.operations._sent_again import comparable

_STATUS_FIELDS = ["status", "resolution", "waiting_for", "closed_at", "term_opened_at", "vendor", "duplicate_of"]
_PROJECTED = [
    *_STATUS_FIELDS,
    "reaction_state",
    "reaction_due_at",
    "reacted_at",
    "term",
    "term_received_at",
    "term_evidence",
    "term_due_at",
    "term_reminded",
    "wake_at",
    "status_since",
    "queue_rank",
    "queue_at",
    "time_vendor",
    "time_customer",
    "time_third_party",
    "time_outside",
    "time_to",
    "time_calendar",
    "type",
    "criticality",
    "known_error",
    "planned_target",
    "planned_on",
]
_TICKET_JOINS = ("stream", "calendar_edition")


@dataclass
class Act:
    """What one operation does to one locked ticket. Facts are collected, then chained and written together."""

    ticket: Ticket
    actor: Actor
    now: datetime
    claim: Once | None = None
    answer: Any = None
    _facts: list[Fact] = field(default_factory=list)
    _events: list[Event] | None = None
    _dirty: set[str] = field(default_factory=set)
    _moved: bool = False
    _touches_clocks: bool = False

    @property
    def repeated(self) -> bool:
        """The same form came before: nothing is to be done, `earlier` is what was answered."""
        return self.claim is not None and not self.claim.first

    @property
    def earlier(self) -> object:
        """What was answered when the form came first."""
        return self.claim.answer if self.claim is not None else None

    def record(
        self, kind: Kind, payload: dict[str, Any], *, at: datetime | None = None, actor: Actor | None = None
    ) -> Self:
        """Add a fact that does not move the status."""
        self._facts.append(Fact(kind, (actor or self.actor).log_name, at or self.now, payload))
        self._touches_clocks |= kind not in CLOCKLESS
        return self

    def move(
        self,
        verb: Verb,
        kind: Kind,
        payload: dict[str, Any],
        *,
        at: datetime | None = None,
        actor: Actor | None = None,
        **columns: Any,
    ) -> Self:
        """Make a move of the table; raises IllegalMove.

        `columns` are the ticket's columns that the new status needs.
        """
        ticket = self.ticket
        move = check_move(verb, ticket.status)
        if self._moved:  # the database sees every single step
            update(ticket, _STATUS_FIELDS)
        self.record(kind, {"from": str(ticket.status), "to": move.target.value, **payload}, at=at, actor=actor)
        ticket.status = move.target
        ticket.resolution = columns.pop("resolution", "")
        ticket.waiting_for = columns.pop("waiting_for", "")
        ticket.closed_at = (at or self.now) if move.target is Status.CLOSED else None
        ticket.vendor_id = columns.pop("vendor_id", None)
        ticket.duplicate_of_id = columns.pop("duplicate_of_id", None)
        ticket.term_opened_at = None
        for name, value in columns.items():
            setattr(ticket, name, value)
        self._moved = True
        return self

    def change(self, **columns: Any) -> Self:
        """Set columns of the ticket that are written at the end."""
        for name, value in columns.items():
            setattr(self.ticket, name, value)
        self._dirty.update(columns)
        return self

    def events(self) -> list[Event]:
        """The ticket's log as written so far, in order."""
        if self._events is None:
            self._events = events_of(self.ticket.stream_id)
        return self._events

    def calendar_now(self) -> CalendarEdition:
        """The calendar edition to which a clock that starts now is pinned (E4)."""
        return calendar_at(self.now)

    def write(self) -> None:
        """Chain and write the facts collected so far, and the columns that follow from them."""
        if not self._facts:
            if self._dirty:
                update(self.ticket, self._dirty)
                self._dirty.clear()
            return
        ticket = self.ticket
        if self._touches_clocks and ticket.version:
            self.events()
        written = append(stream=ticket.stream, facts=self._facts, recorded_at=self.now)
        if self._events is not None or self._touches_clocks:
            self._events = [*(self._events or []), *written]
        first, last = written[0].seq, written[-1].seq
        ticket.version = last
        public = [event for event in written if is_public(event.kind, event.payload) and event.kind not in QUIET]
        if public:
            ticket.public_version, ticket.active_at = public[-1].seq, max(ticket.active_at, public[-1].at)
        fields = {"version", "public_version", "active_at", *self._dirty}
        if self._touches_clocks:
            project(ticket, self._events or [], regulation_code=ticket.regulation_edition.code)
            fields.update(_PROJECTED)
        update(ticket, fields)
        if any(event.kind not in QUIET for event in written):
            defer(Job.NOTIFY, ticket_id=ticket.pk, first_seq=first, last_seq=last)
        self._facts, self._dirty, self._moved, self._touches_clocks = [], set(), False, False


def mark_read(*, user_id: int, ticket_id: int, seq: int) -> None:
    """Remember that a page (or their own act) has shown the person the ticket up to event `seq`."""
    change(
        "INSERT INTO tickets_readmark (ticket_id, user_id, seq) VALUES (%s, %s, %s)"
        " ON CONFLICT (ticket_id, user_id) DO UPDATE SET seq = excluded.seq",
        [ticket_id, user_id, seq],
    )


@contextmanager
def acting(
    *,
    ticket_id: int,
    actor: Actor,
    now: datetime,
    key: str | None = None,
    name: str = "",
    content: object = None,
    other_key: str = "",
    unseen: bool = False,
) -> Iterator[Act]:
    """An act on a ticket that `actor` sees: locked, settled, then written and told when the block ends well.

    `key` is the form's idempotency key; with it, `act.repeated` is true for a form that came before.
    `other_key` names a second ticket that the act must find unchanging. `unseen`: the act is on a person whom the actor
    manages, and follows from that for tickets that the actor need not see.
    Raises TicketNotFound when the actor sees no such ticket, TooFast when a customer's person writes too much.
    """
    if key:
        pace(WRITING, actor=actor, now=now)
    with transaction.atomic():
        same = [ticket_id, comparable(content, actor_id=actor.user_id)]
        claim = once(actor=actor.log_name, key=key, act=name, content=same, now=now) if key else None
        if other_key:
            _lock_both(ticket_id, other_key)
        ticket = lock(ticket_id=ticket_id, actor=TIMER if unseen else actor)
        # Another server's clock may be ahead: no act is earlier than the one before it (E1), in the log and in the
        # columns.
        act = Act(ticket=ticket, actor=actor, now=max(now, ticket.stream.head_at or now), claim=claim)
        if act.repeated:
            yield act
            return
        from mespace.tickets.operations._settle import settle

        settle(act)
        settled = act.ticket.version
        yield act
        act.write()
        if actor.user_id is not None and act.ticket.version > settled:
            mark_read(user_id=actor.user_id, ticket_id=ticket_id, seq=act.ticket.version)
        if claim is not None and act.answer is not None:
            claim.keep(act.answer)


def _lock_both(ticket_id: int, other_key: str) -> None:
    """Lock two tickets in the order of their rows: of two acts that name each other's ticket, one waits."""
    same_customer = Ticket.objects.filter(customer_id__in=Ticket.objects.filter(pk=ticket_id).values("customer_id"))
    either = same_customer.filter(Q(pk=ticket_id) | Q(key=other_key.strip().upper()))
    list(either.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def lock(*, ticket_id: int, actor: Actor) -> Ticket:
    """The ticket and its stream, locked for update; raises TicketNotFound unless the actor sees it."""
    ticket = _LOCKED.first(actor, pk=ticket_id)
    if ticket is None:
        raise TicketNotFound(ticket_id)
    ticket.regulation_edition = edition_of(ticket.regulation_edition_id)
    return ticket


def _lockable(actor: Actor) -> QuerySet[Ticket]:
    """The timer and mail servers, who are nobody, act on every ticket."""
    rows = Ticket.objects.visible_to(actor) if actor.is_person else Ticket.objects.all()
    # Keys never change, so rows that refer to the ticket (links, read marks) need not wait: no deadlock by way of them.
    locked = rows.filter(pk=Given("pk")).select_for_update(of=("self", "stream"), no_key=True)
    return locked.select_related(*_TICKET_JOINS).defer("calendar_edition__content")


_LOCKED = PreparedFor(_lockable)
