"""Who hears of what, as a table: the pure rule alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.notifications.kinds import WEIGHT, Kind
from mespace.notifications.recipients import HEARD, News, People, recipients, weightier
from mespace.notifications.table import ROW, ROWS, SILENT, Relation, Timing, timing_of
from mespace.tickets.events import QUIET
from mespace.tickets.events import Kind as Event

REQUESTER, HOLDER, WATCHER, ASSIGNEE, STAFF_WATCHER, AGENT, SECOND_AGENT = 1, 2, 3, 11, 12, 13, 14
CUSTOMERS = {REQUESTER, HOLDER, WATCHER}
ASSIGNED = People(
    requester=REQUESTER,
    holder=HOLDER,
    assignee=ASSIGNEE,
    customer_watchers=frozenset({WATCHER}),
    staff_watchers=frozenset({STAFF_WATCHER}),
    agents=frozenset({AGENT, SECOND_AGENT}),
    duty=frozenset({AGENT}),
)
UNASSIGNED = People(
    requester=REQUESTER, holder=REQUESTER, agents=frozenset({AGENT, SECOND_AGENT}), duty=frozenset({AGENT})
)

CASES = [
    (News(Event.FILED, actor=REQUESTER, by_customer=True), UNASSIGNED, {AGENT: Kind.FILED, SECOND_AGENT: Kind.FILED}),
    (
        News(Event.FILED, actor=REQUESTER, by_customer=True, payload={"criticality": "critical"}),
        UNASSIGNED,
        {AGENT: Kind.ALARM, SECOND_AGENT: Kind.FILED},
    ),
    (News(Event.FILED, actor=AGENT), UNASSIGNED, {REQUESTER: Kind.FILED, SECOND_AGENT: Kind.FILED}),
    (News(Event.ACCEPTED, actor=ASSIGNEE), ASSIGNED, dict.fromkeys(CUSTOMERS, Kind.ACCEPTED)),
    (News(Event.ASKED, actor=ASSIGNEE), ASSIGNED, dict.fromkeys(CUSTOMERS, Kind.QUESTION)),
    (News(Event.PROPOSED, actor=ASSIGNEE), ASSIGNED, dict.fromkeys(CUSTOMERS, Kind.PROPOSAL)),
    (News(Event.REMINDED), ASSIGNED, dict.fromkeys(CUSTOMERS, Kind.REMINDER)),
    (
        News(Event.SUSPENDED_UNANSWERED),
        ASSIGNED,
        dict.fromkeys([*CUSTOMERS, ASSIGNEE, STAFF_WATCHER], Kind.SUSPENDED),
    ),
    (
        News(Event.CUSTOMER_REACTED, actor=HOLDER, by_customer=True),
        ASSIGNED,
        {ASSIGNEE: Kind.REACTION, STAFF_WATCHER: Kind.REACTION, REQUESTER: Kind.MESSAGE, WATCHER: Kind.MESSAGE},
    ),
    (
        News(Event.COMMENTED, actor=REQUESTER, by_customer=True, payload={"audience": "customer"}),
        UNASSIGNED,
        {AGENT: Kind.MESSAGE, SECOND_AGENT: Kind.MESSAGE},
    ),
    (News(Event.COMMENTED, actor=AGENT, payload={"audience": "customer"}), UNASSIGNED, {REQUESTER: Kind.MESSAGE}),
    (
        News(Event.COMMENTED, actor=AGENT, staff_only=True, payload={"audience": "staff"}),
        ASSIGNED,
        {ASSIGNEE: Kind.NOTE, STAFF_WATCHER: Kind.NOTE},
    ),
    (News(Event.ASSIGNED, actor=AGENT, payload={"to_user": ASSIGNEE}), ASSIGNED, {ASSIGNEE: Kind.ASSIGNED}),
    (News(Event.ASSIGNED, actor=ASSIGNEE, payload={"to_user": ASSIGNEE}), ASSIGNED, {}),
    (News(Event.ASSIGNED, actor=AGENT, payload={"to_user": None}), ASSIGNED, {}),
    (
        News(Event.HANDED_OVER, actor=REQUESTER, by_customer=True, payload={"to_user": HOLDER}),
        ASSIGNED,
        {HOLDER: Kind.HANDED_OVER},
    ),
    (
        News(Event.RECLASSIFIED, actor=AGENT, payload={"criticality": "non_critical"}),
        ASSIGNED,
        dict.fromkeys([*CUSTOMERS, ASSIGNEE, STAFF_WATCHER], Kind.RECLASSIFIED),
    ),
    (
        News(Event.RECLASSIFIED, actor=REQUESTER, by_customer=True, payload={"criticality": "critical"}),
        ASSIGNED,
        {
            HOLDER: Kind.RECLASSIFIED,
            WATCHER: Kind.RECLASSIFIED,
            **dict.fromkeys([ASSIGNEE, STAFF_WATCHER, AGENT], Kind.ALARM),
        },
    ),
    (
        News(Event.CRITICALITY_PROPOSED, actor=REQUESTER, by_customer=True, payload={"criticality": "critical"}),
        ASSIGNED,
        dict.fromkeys([ASSIGNEE, STAFF_WATCHER, AGENT], Kind.ALARM),
    ),
    (
        News(Event.WITHDRAWN, actor=REQUESTER, by_customer=True),
        UNASSIGNED,
        {AGENT: Kind.CLOSED, SECOND_AGENT: Kind.CLOSED},
    ),
    (
        News(Event.REOPENED, actor=REQUESTER, by_customer=True),
        ASSIGNED,
        dict.fromkeys([HOLDER, WATCHER, ASSIGNEE, STAFF_WATCHER], Kind.REOPENED),
    ),
    (
        News(Event.JOINED, actor=WATCHER, by_customer=True, payload={"user": WATCHER}),
        ASSIGNED,
        dict.fromkeys([REQUESTER, HOLDER, ASSIGNEE, STAFF_WATCHER], Kind.JOINED),
    ),
    (News(Event.MESSAGE_REMOVED, actor=AGENT), ASSIGNED, {}),
]


@pytest.mark.parametrize(
    ("news", "people", "expected"), CASES, ids=lambda value: str(value.kind) if isinstance(value, News) else ""
)
def test_who_hears_of_what(news: News, people: People, expected: dict[int, Kind]) -> None:
    assert recipients(news, people) == expected


def test_every_kind_of_event_is_told_or_said_to_be_silent() -> None:
    assert {event for event in Event if not HEARD[event]} == SILENT
    assert QUIET < SILENT


def test_every_kind_of_news_has_a_row_in_the_order_of_weight() -> None:
    assert [row.kind for row in ROWS] == [kind for kind in Kind if kind is not Kind.DIGEST]
    assert sorted(ROWS, key=lambda row: WEIGHT[row.kind]) == list(ROWS)


def test_what_the_regulation_requires_is_at_once_and_cannot_be_turned_off() -> None:
    required = {(row.kind, relation) for row in ROWS for relation in row.required}
    assert {
        (Kind.QUESTION, Relation.PARTY),
        (Kind.REMINDER, Relation.PARTY),
        (Kind.EDITION, Relation.CUSTOMER),
    } < required
    for row in ROWS:
        for relation, default in row.timing.items():
            off = timing_of(row.kind, relation, {row.kind.value: "off"})
            assert off is (Timing.NOW if relation in row.required else Timing.OFF)
            assert timing_of(row.kind, relation, {}) is default
            assert relation not in row.required or default is Timing.NOW


def test_of_several_relations_the_first_counts() -> None:
    people = People(requester=1, holder=2, assignee=3, customer_watchers=frozenset({1, 4}), duty=frozenset({3, 5}))
    assert people.relation(1, Kind.QUESTION) is Relation.PARTY
    assert people.relation(4, Kind.QUESTION) is Relation.COLLEAGUE
    assert people.relation(3, Kind.ALARM) is Relation.DUTY
    assert people.relation(3, Kind.REACTION) is Relation.HELD
    assert people.relation(3, Kind.QUESTION) is None
    assert people.relation(1, Kind.NOTE) is None


@pytest.mark.parametrize("kind", list(Event))
@pytest.mark.parametrize("actor", [None, REQUESTER, WATCHER, ASSIGNEE, AGENT])
def test_whatever_is_for_staff_reaches_no_customer_and_nobody_hears_of_their_own_act(
    kind: Event, actor: int | None
) -> None:
    payload = {"to_user": REQUESTER, "criticality": "critical", "audience": "staff"}
    for people in (ASSIGNED, UNASSIGNED):
        for staff_only in (True, False):
            heard = recipients(News(kind, actor=actor, staff_only=staff_only, payload=payload), people)
            assert actor not in heard
            for customer in people.customers & set(heard):
                assert not staff_only
                assert ROW[heard[customer]].of_side(customers=True)


def test_of_one_act_a_person_hears_what_weighs_most() -> None:
    heard: dict[int, tuple[int, Kind]] = {}
    weightier(heard, 2, {REQUESTER: Kind.ACCEPTED, WATCHER: Kind.ACCEPTED})
    weightier(heard, 3, {REQUESTER: Kind.QUESTION})
    weightier(heard, 4, {REQUESTER: Kind.LINKED})
    assert heard == {REQUESTER: (3, Kind.QUESTION), WATCHER: (2, Kind.ACCEPTED)}


CIRCLE = st.frozensets(st.integers(1, 12), max_size=6)


@given(
    kind=st.sampled_from(Event),
    actor=st.none() | st.integers(1, 24),
    by_customer=st.booleans(),
    named=st.none() | st.integers(1, 24),
    critical=st.booleans(),
    requester=st.integers(1, 12),
    holder=st.integers(1, 12),
    watchers=CIRCLE,
    assignee=st.none() | st.integers(13, 24),
    staff=st.frozensets(st.integers(13, 24), max_size=6),
    duty=st.frozensets(st.integers(13, 24), max_size=3),
)
def test_of_any_people_and_any_event_no_customer_hears_what_is_for_staff(  # noqa: PLR0917 - what a situation is made of
    kind: Event, actor: int | None, by_customer: bool, named: int | None, critical: bool, requester: int, holder: int,
    watchers: frozenset[int], assignee: int | None, staff: frozenset[int], duty: frozenset[int],
) -> None:  # fmt: skip
    """Customers are 1 to 12, staff 13 to 24, whoever the event names and whoever made it."""
    people = People(requester, holder, assignee, watchers, staff, agents=staff, duty=duty)
    payload = {"to_user": named, "audience": "staff", **({"criticality": "critical"} if critical else {})}
    news = News(kind, actor, by_customer, staff_only=True, payload=payload)
    heard = recipients(news, people)
    assert all(user > 12 for user in heard)
    assert actor not in heard
