"""Who hears of an event: a pure function over the table. Rights are checked again by whoever tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mespace.notifications.kinds import WEIGHT, Kind
from mespace.notifications.table import ROW, ROWS, Group, Relation
from mespace.tickets.events import Kind as Event
from mespace.tickets.lifecycle import Criticality

RAISING = frozenset({Event.FILED, Event.RECLASSIFIED, Event.CRITICALITY_PROPOSED})
HEARD: dict[Event, tuple[tuple[Group, Kind], ...]] = {
    event: tuple((group, row.kind) for row in ROWS for group in row.told.get(event, ())) for event in Event
}


@dataclass(frozen=True)
class News:
    """An event, who made it (None: the timer), and whether it concerns what only staff may read."""

    kind: Event
    actor: int | None = None
    by_customer: bool = False
    staff_only: bool = False
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class People:
    """The people around a ticket, by id."""

    requester: int
    holder: int
    assignee: int | None = None
    customer_watchers: frozenset[int] = frozenset()
    staff_watchers: frozenset[int] = frozenset()
    agents: frozenset[int] = frozenset()
    duty: frozenset[int] = frozenset()

    @property
    def customers(self) -> frozenset[int]:
        """The customer's people around it."""
        return self.customer_watchers | {self.requester, self.holder}

    @property
    def held(self) -> frozenset[int]:
        """The assignee and staff who watch."""
        return self.staff_watchers | ({self.assignee} if self.assignee is not None else frozenset())

    def group(self, group: Group, payload: Mapping[str, Any]) -> frozenset[int]:
        """Who belongs to a group."""
        match group:
            case Group.CUSTOMERS:
                return self.customers
            case Group.CIRCLE:
                return frozenset({self.requester, self.holder})
            case Group.HELD:
                return self.held
            case Group.WORKERS:
                return self.held if self.assignee is not None else self.held | self.agents
            case Group.AGENTS:
                return self.agents
            case Group.DUTY:
                return self.duty
            case Group.NAMED:
                named = payload.get("to_user")
                return frozenset({named} if isinstance(named, int) else ())

    def relation(self, user: int, kind: Kind) -> Relation | None:
        """What the person is to the ticket, as the news counts it; None for whom it does not concern at all."""
        circles = {
            Relation.PARTY: frozenset({self.requester, self.holder}),
            Relation.COLLEAGUE: self.customer_watchers,
            Relation.DUTY: self.duty,
            Relation.HELD: self.held,
            Relation.AGENT: self.agents,
        }
        told = ROW[kind].of_side(customers=user in self.customers)
        return next((relation for relation, circle in circles.items() if user in circle and relation in told), None)


def recipients(news: News, people: People) -> dict[int, Kind]:
    """Who hears of the event, and as what. Never the one who acted; what is for staff reaches no customer."""
    heard: dict[int, Kind] = {}
    for group, kind in _rows(news):
        for user in people.group(group, news.payload):
            if user != news.actor and (user not in heard or WEIGHT[heard[user]] < WEIGHT[kind]):
                heard[user] = kind
    customers = people.customers
    return {
        user: kind
        for user, kind in heard.items()
        if people.relation(user, kind) is not None and not (news.staff_only and user in customers)
    }


def _rows(news: News) -> tuple[tuple[Group, Kind], ...]:
    if news.staff_only:
        return (
            ((Group.HELD, Kind.NOTE if news.kind is Event.COMMENTED else Kind.CORRECTED),) if HEARD[news.kind] else ()
        )
    rows = HEARD[news.kind]
    if news.kind in RAISING and news.payload.get("criticality") == Criticality.CRITICAL:
        return (*rows, (Group.DUTY, Kind.ALARM), (Group.HELD, Kind.ALARM))
    if news.kind is Event.COMMENTED and not news.by_customer:  # agents need no mail about each other's answers
        return tuple((Group.HELD if group is Group.WORKERS else group, kind) for group, kind in rows)
    return rows


def weightier(first: dict[int, tuple[int, Kind]], seq: int, second: Mapping[int, Kind]) -> None:
    """Add an event's hearers to those of the same act: each person keeps the news that weighs more, with its event."""
    for user, kind in second.items():
        if user not in first or WEIGHT[first[user][1]] <= WEIGHT[kind]:
            first[user] = (seq, kind)
