"""Who hears of an event: one table, and a pure function over it. Rights are checked again by whoever tells them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mespace.notifications.kinds import FOR_CUSTOMERS, WEIGHT, Kind
from mespace.tickets.events import Kind as Event
from mespace.tickets.lifecycle import Criticality


class Group(StrEnum):
    """A circle of people around a ticket."""

    CUSTOMERS = "customers"  # requester, holder, colleagues who watch or joined
    CIRCLE = "circle"  # requester and holder
    HELD = "held"  # assignee and staff who watch
    WORKERS = "workers"  # the same, or all agents while nobody is assigned
    AGENTS = "agents"
    NAMED = "named"  # whom the event names


G, K, E = Group, Kind, Event

TABLE: dict[Event, tuple[tuple[Group, Kind], ...]] = {
    E.ACCEPTED: ((G.CUSTOMERS, K.ACCEPTED),),
    E.ANALYSIS_RESUMED: ((G.CUSTOMERS, K.PROGRESS),),
    E.ASKED: ((G.CUSTOMERS, K.QUESTION),),
    E.ASSIGNED: ((G.NAMED, K.ASSIGNED),),
    E.CLOSED: ((G.CUSTOMERS, K.CLOSED), (G.HELD, K.CLOSED)),
    E.COMMENTED: ((G.CUSTOMERS, K.MESSAGE), (G.WORKERS, K.MESSAGE)),
    E.CRITICALITY_PROPOSED: ((G.WORKERS, K.RECLASSIFIED),),
    E.CUSTOMER_REACTED: ((G.WORKERS, K.REACTION), (G.CUSTOMERS, K.MESSAGE)),
    E.DUPLICATE_UNDONE: ((G.CUSTOMERS, K.REOPENED), (G.HELD, K.REOPENED)),
    E.EDITED: (),
    E.FILED: ((G.CUSTOMERS, K.FILED), (G.AGENTS, K.FILED)),
    E.FILE_REMOVED: (),  # whoever took a password away does not want it pointed at
    E.HANDED_OVER: ((G.NAMED, K.HANDED_OVER), (G.CIRCLE, K.HANDED_OVER)),
    E.JOINED: ((G.CIRCLE, K.JOINED), (G.HELD, K.JOINED)),
    E.LINKED: ((G.CIRCLE, K.LINKED), (G.HELD, K.LINKED)),
    E.MESSAGE_CORRECTED: ((G.CUSTOMERS, K.CORRECTED), (G.HELD, K.CORRECTED)),
    E.MESSAGE_REMOVED: (),
    E.OUTSIDE_SUPPORT: ((G.CUSTOMERS, K.MESSAGE), (G.HELD, K.MESSAGE)),
    E.PROPOSED: ((G.CUSTOMERS, K.PROPOSAL),),
    E.REACTION_RECORDED: ((G.CUSTOMERS, K.PROGRESS), (G.HELD, K.REACTION)),
    E.RECEIPT: (),
    E.RECLASSIFIED: ((G.CUSTOMERS, K.RECLASSIFIED), (G.HELD, K.RECLASSIFIED)),
    E.REMINDED: ((G.CUSTOMERS, K.REMINDER),),
    E.REOPENED: ((G.WORKERS, K.REOPENED), (G.CUSTOMERS, K.REOPENED)),
    E.REPINNED: (),
    E.RETRACTED: ((G.CUSTOMERS, K.PROGRESS),),
    E.SCHEDULED: ((G.CUSTOMERS, K.SCHEDULED),),
    E.SOLUTION_ACCEPTED: ((G.HELD, K.CLOSED), (G.CUSTOMERS, K.CLOSED)),
    E.SUSPENDED: ((G.CUSTOMERS, K.SUSPENDED), (G.HELD, K.SUSPENDED)),
    E.SUSPENDED_UNANSWERED: ((G.CUSTOMERS, K.SUSPENDED), (G.HELD, K.SUSPENDED)),
    E.UNLINKED: ((G.CIRCLE, K.LINKED), (G.HELD, K.LINKED)),
    E.WITHDRAWN: ((G.WORKERS, K.CLOSED), (G.CUSTOMERS, K.CLOSED)),
    E.WITHIN_SUPPORT: ((G.CUSTOMERS, K.MESSAGE), (G.HELD, K.MESSAGE)),
    E.WORK_STARTED: ((G.CUSTOMERS, K.PROGRESS),),
}
RAISING = frozenset({E.RECLASSIFIED, E.CRITICALITY_PROPOSED})


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
            case Group.NAMED:
                named = payload.get("to_user")
                return frozenset({named} if isinstance(named, int) else ())


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
        if not (user in customers and (news.staff_only or kind not in FOR_CUSTOMERS))
    }


def _rows(news: News) -> tuple[tuple[Group, Kind], ...]:
    if news.staff_only:
        return (
            ((Group.HELD, Kind.NOTE if news.kind is Event.COMMENTED else Kind.CORRECTED),) if TABLE[news.kind] else ()
        )
    rows = TABLE[news.kind]
    if news.kind in RAISING and news.payload.get("criticality") == Criticality.CRITICAL:
        return (*rows, (Group.AGENTS, Kind.ALARM), (Group.HELD, Kind.ALARM))
    if news.kind is Event.COMMENTED and not news.by_customer:  # agents need no mail about each other's answers
        return tuple((Group.HELD if group is Group.WORKERS else group, kind) for group, kind in rows)
    return rows


def weightier(first: dict[int, tuple[int, Kind]], seq: int, second: Mapping[int, Kind]) -> None:
    """Add an event's hearers to those of the same act: each person keeps the news that weighs more, with its event."""
    for user, kind in second.items():
        if user not in first or WEIGHT[first[user][1]] <= WEIGHT[kind]:
            first[user] = (seq, kind)
