"""Everything that the vendor owes and has owed: reactions to tickets and other obligations, in one list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.obligations.kinds import Whom, resolved
from mespace.obligations.lifecycle import State
from mespace.obligations.models import Obligation
from mespace.obligations.visibility import owed_to_customer
from mespace.regulation.queries import MOSCOW
from mespace.tickets.lifecycle import ReactionState, Status
from mespace.tickets.models import Ticket
from mespace.tickets.queries.cursors import decode, encode, instant, whole

Rows = TypeVar("Rows", bound=QuerySet[Any])
PAGE = 50
REACTION: Final = "reaction"
REACTION_CLAUSE: Final = "6.4"
BESIDES: Final = "besides"  # every kind but reactions
OWED: Final = "owed"
STATES = (OWED, *State.values)
_SOONEST_FIRST = {OWED, State.OPEN, State.MISSED}
RECENT = timedelta(days=30)
_REACTIONS, _OBLIGATIONS = 0, 1  # of two that are due at the same instant, the reaction comes first


@dataclass(frozen=True)
class OwedFilter:
    """What is wanted; empty means any. `first` and `last` are Moscow dates of the due instant, both included."""

    kind: str = ""
    state: str = OWED
    customer: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class OwedRow:
    """One thing that is or was owed; `ticket` for a reaction, else `obligation` with its `whom`."""

    kind: str
    clause: str
    since: datetime
    due: datetime
    ended_at: datetime | None
    state: str
    customer: str
    ticket: Ticket | None = None
    obligation: Obligation | None = None
    whom: Whom | None = None


@dataclass(frozen=True)
class OwedPage:
    """Some rows and the cursor of the next page, or None at the end."""

    rows: list[OwedRow]
    next_cursor: str | None


@dataclass(frozen=True)
class OwedCounts:
    """The figures above the list: what is owed now, and what was due in the last 30 days."""

    owed: int
    missed: int
    today: int
    fulfilled: int
    late: int


def may_read(actor: Actor) -> bool:
    """Whether the actor has any part of the ledger to read."""
    return actor.can(Permission.OBLIGATIONS_READ) or actor.can(Permission.OBLIGATIONS_READ_OWN_CUSTOMER)


def owed(*, actor: Actor, now: datetime, wanted: OwedFilter, cursor: str | None = None, limit: int = PAGE) -> OwedPage:
    """What is owed, the soonest due first; what was owed, the last due first. Raises Refused, BadCursor."""
    _require(actor)
    forward = wanted.state in _SOONEST_FIRST
    after = _place(cursor) if cursor else None
    found: list[tuple[datetime, int, Any]] = []
    if wanted.kind in {"", REACTION}:
        tickets = _narrowed(_of_tickets(_tickets(actor, now, wanted.state), wanted), wanted, due="reaction_due_at")
        tickets = _sliced(tickets.select_related("customer"), "reaction_due_at", _REACTIONS, after, forward=forward)
        found += [(row.reaction_due_at, _REACTIONS, row) for row in tickets[: limit + 1]]
    if wanted.kind != REACTION:
        rows = _narrowed(_of_obligations(_obligations(actor, now, wanted.state), wanted), wanted, due="due_at")
        if wanted.kind not in {"", BESIDES}:
            rows = rows.filter(kind=wanted.kind)
        rows = _sliced(rows, "due_at", _OBLIGATIONS, after, forward=forward)
        found += [(row.due_at, _OBLIGATIONS, row) for row in rows[: limit + 1]]
    found.sort(key=lambda each: (each[0], each[1], each[2].pk), reverse=not forward)
    shown, more = found[:limit], len(found) > limit
    last = shown[-1] if more else None
    return OwedPage(
        _rows([row for _due, _rank, row in shown], actor, now),
        encode(last[0], last[1], last[2].pk) if last else None,
    )


def owed_counts(*, actor: Actor, now: datetime, customer: int | None = None) -> OwedCounts:
    """The figures, in two statements. Raises Refused."""
    _require(actor)
    wanted, recently = OwedFilter(state="", customer=customer), day_begins(recent_from(now))
    today = day_begins(now.astimezone(MOSCOW).date() + timedelta(days=1))
    tickets = _of_tickets(Ticket.objects.visible_to(actor), wanted)
    rows = _of_obligations(Obligation.objects.visible_to(actor), wanted)
    parts = [
        tickets.filter(Q(status=Status.OPEN) | Q(reaction_due_at__gte=recently)).aggregate(
            owed=Count("pk", filter=Q(status=Status.OPEN)),
            missed=Count("pk", filter=_reaction(State.MISSED, now)),
            today=Count("pk", filter=_reaction(State.OPEN, now) & Q(reaction_due_at__lt=today)),
            fulfilled=Count("pk", filter=_reaction(State.FULFILLED, now) & Q(reaction_due_at__gte=recently)),
            late=Count("pk", filter=_reaction(State.LATE, now) & Q(reaction_due_at__gte=recently)),
        ),
        rows.filter(obligation_condition(OWED, now) | Q(due_at__gte=recently)).aggregate(
            owed=Count("pk", filter=obligation_condition(OWED, now)),
            missed=Count("pk", filter=obligation_condition(State.MISSED, now)),
            today=Count("pk", filter=obligation_condition(State.OPEN, now) & Q(due_at__lt=today)),
            fulfilled=Count("pk", filter=obligation_condition(State.FULFILLED, now) & Q(due_at__gte=recently)),
            late=Count("pk", filter=obligation_condition(State.LATE, now) & Q(due_at__gte=recently)),
        ),
    ]
    return OwedCounts(**{name: parts[0][name] + parts[1][name] for name in parts[0]})


def reactions_overdue(*, actor: Actor, now: datetime) -> int:
    """How many requests are not accepted although their reaction was due; one statement. Raises Refused."""
    _require(actor)
    return _tickets(actor, now, State.MISSED).count()


@dataclass(frozen=True)
class OwedSoon:
    """What is owed besides reactions: overdue, due up to a date, due later."""

    overdue: int
    soon: int
    later: int


def owed_soon(*, actor: Actor, now: datetime, until: date) -> OwedSoon:
    """The figures, with `until` the last Moscow date that is soon; one statement. Raises Refused."""
    _require(actor)
    beyond, runs = day_begins(until + timedelta(days=1)), obligation_condition(State.OPEN, now)
    counted = (
        Obligation.objects.visible_to(actor)
        .owed()
        .aggregate(
            overdue=Count("pk", filter=obligation_condition(State.MISSED, now)),
            soon=Count("pk", filter=runs & Q(due_at__lt=beyond)),
            later=Count("pk", filter=runs & Q(due_at__gte=beyond)),
        )
    )
    return OwedSoon(**counted)


def obligation_rows(*, actor: Actor, rows: Iterable[Obligation], now: datetime) -> list[OwedRow]:
    """Obligations, which the caller has found by `visible_to`, as the ledger shows them."""
    return _rows(rows, actor, now)


def recent_from(now: datetime) -> date:
    """The first Moscow date of the last 30 days, of which the figures speak."""
    return (now - RECENT).astimezone(MOSCOW).date()


def day_begins(day: date) -> datetime:
    """The instant with which a Moscow date begins."""
    return datetime.combine(day, time(), MOSCOW)


def _require(actor: Actor) -> None:
    if not may_read(actor):
        raise Refused(Permission.OBLIGATIONS_READ)


def _tickets(actor: Actor, now: datetime, state: str) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(actor).filter(_reaction(state, now))


def _obligations(actor: Actor, now: datetime, state: str) -> QuerySet[Obligation]:
    return Obligation.objects.visible_to(actor).filter(obligation_condition(state, now))


def _reaction(state: str, now: datetime) -> Q:
    """The condition under which a ticket's reaction is in a state; a column stays `running` until something happens."""
    is_open, passed = Q(status=Status.OPEN), Q(reaction_state=ReactionState.BROKEN) | Q(reaction_due_at__lt=now)
    return {
        OWED: is_open,
        State.OPEN: is_open & ~passed,
        State.MISSED: is_open & passed,
        State.FULFILLED: Q(reaction_state=ReactionState.KEPT),
        State.LATE: Q(reaction_state=ReactionState.BROKEN, reacted_at__isnull=False),
        State.WITHDRAWN: Q(reaction_state=ReactionState.WITHDRAWN),
    }.get(state, Q())


def obligation_condition(state: str, now: datetime) -> Q:
    """The condition under which an obligation is in a state; a column stays `open` until the timer has written it."""
    owed_now = Q(state__in=[State.MISSED, State.OPEN])
    if state == OWED:
        return owed_now
    if state == State.OPEN:
        return owed_now & Q(state=State.OPEN, due_at__gte=now)
    if state == State.MISSED:
        return owed_now & (Q(state=State.MISSED) | Q(due_at__lt=now))
    return Q(state=state) if state else Q()


def _of_tickets(rows: QuerySet[Ticket], wanted: OwedFilter) -> QuerySet[Ticket]:
    return rows if wanted.customer is None else rows.filter(customer_id=wanted.customer)


def _of_obligations(rows: QuerySet[Obligation], wanted: OwedFilter) -> QuerySet[Obligation]:
    return rows if wanted.customer is None else rows.filter(owed_to_customer(wanted.customer))


def _narrowed(rows: Rows, wanted: OwedFilter, *, due: str) -> Rows:
    if wanted.first is not None:
        rows = rows.filter(**{f"{due}__gte": day_begins(wanted.first)})
    if wanted.last is not None:
        rows = rows.filter(**{f"{due}__lt": day_begins(wanted.last + timedelta(days=1))})
    return rows


def _sliced(rows: Rows, due: str, rank: int, after: tuple[datetime, int, int] | None, *, forward: bool) -> Rows:
    """The rows of one kind after a place in the common order of both."""
    if after is not None:
        at, last_rank, pk = after
        if rank == last_rank:
            beyond = TupleGreaterThan if forward else TupleLessThan
            rows = rows.filter(beyond((due, "id"), (at, pk)))
        else:
            also = (rank > last_rank) is forward  # of those due at the same instant, these are still to come
            compare = ("gte" if also else "gt") if forward else ("lte" if also else "lt")
            rows = rows.filter(**{f"{due}__{compare}": at})
    return rows.order_by(due, "id") if forward else rows.order_by(f"-{due}", "-id")


def _place(cursor: str) -> tuple[datetime, int, int]:
    at, rank, pk = decode(cursor, 3)
    return instant(at), whole(rank), whole(pk)


def _rows(found: Iterable[Ticket | Obligation], actor: Actor, now: datetime) -> list[OwedRow]:
    rows = list(found)
    obligations = [row for row in rows if isinstance(row, Obligation)]
    whoms = resolved(((row.kind, row.whom_id) for row in obligations), actor)
    numbers = {row.owed_to for row in obligations if row.owed_to is not None}
    names = dict(Customer.objects.filter(pk__in=numbers).values_list("pk", "short_name")) if numbers else {}
    return [
        _of_obligation(row, whoms.get((row.kind, row.whom_id)), names, now)
        if isinstance(row, Obligation)
        else _of_ticket(row, now)
        for row in rows
    ]


def _of_obligation(row: Obligation, whom: Whom | None, names: dict[int, str], now: datetime) -> OwedRow:
    return OwedRow(
        kind=row.kind,
        clause=row.clause,
        since=row.since,
        due=row.due_at,
        ended_at=row.ended_at,
        state=State.MISSED if row.state == State.OPEN and row.due_at < now else row.state,
        customer=names.get(row.owed_to, "") if row.owed_to is not None else "",
        obligation=row,
        whom=whom,
    )


def _of_ticket(row: Ticket, now: datetime) -> OwedRow:
    is_late = row.reaction_state == ReactionState.BROKEN or (row.status == Status.OPEN and row.reaction_due_at < now)
    if row.reaction_state == ReactionState.WITHDRAWN:
        state, ended_at = State.WITHDRAWN, row.closed_at
    elif row.status == Status.OPEN:
        state, ended_at = (State.MISSED if is_late else State.OPEN), None
    else:
        state, ended_at = (State.LATE if is_late else State.FULFILLED), row.reacted_at
    return OwedRow(
        kind=REACTION,
        clause=REACTION_CLAUSE,
        since=row.registered_at,
        due=row.reaction_due_at,
        ended_at=ended_at,
        state=state,
        customer=row.customer.short_name,
        ticket=row,
    )
