"""The one table: who hears of what, in which way unless they choose otherwise, and what cannot be turned off.

The recipients (`recipients.py`), the page of preferences and the page docs/mechanisms/who_hears.md are made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import pgettext_lazy

from mespace.notifications.kinds import Kind
from mespace.tickets.events import Kind as Event


class Timing(models.TextChoices):
    """When a mail about a piece of news goes out. Behind the bell it stands at once, whatever is chosen here."""

    NOW = "now", pgettext_lazy("timing", "at once")
    DIGEST = "digest", pgettext_lazy("timing", "in the morning's digest")
    OFF = "off", pgettext_lazy("timing", "no mail")


class Relation(models.TextChoices):
    """What a person is to the thing that the news is about. Of several, the first that the row names counts."""

    PARTY = "party", pgettext_lazy("relation to news", "the request is yours")
    COLLEAGUE = "colleague", pgettext_lazy("relation to news", "you follow a colleague's request")
    DUTY = "duty", pgettext_lazy("relation to news", "you are on duty")
    HELD = "held", pgettext_lazy("relation to news", "you work on the request or follow it")
    AGENT = "agent", pgettext_lazy("relation to news", "nobody works on the request yet")
    CUSTOMER = "customer", pgettext_lazy("relation to news", "it concerns your company")
    STAFF = "staff", pgettext_lazy("relation to news", "it belongs to your work")


CUSTOMERS_SIDE = frozenset({Relation.PARTY, Relation.COLLEAGUE, Relation.CUSTOMER})


class Group(models.TextChoices):
    """A circle of people around a ticket that an event is told to."""

    CUSTOMERS = "customers", pgettext_lazy("group", "the requester, the holder and colleagues who follow")
    CIRCLE = "circle", pgettext_lazy("group", "the requester and the holder")
    HELD = "held", pgettext_lazy("group", "the assignee and staff who follow")
    WORKERS = "workers", pgettext_lazy("group", "the same, or all agents while nobody is assigned")
    AGENTS = "agents", pgettext_lazy("group", "all agents")
    DUTY = "duty", pgettext_lazy("group", "those on duty")
    NAMED = "named", pgettext_lazy("group", "whom the event names")


@dataclass(frozen=True)
class Row:
    """One kind of news.

    `told` names the events of a ticket's log that are it, and whom they are told to. `timing` is the default for each
    relation; a relation that is missing hears nothing. `required` names the clause for which a relation always gets
    the mail at once.
    """

    kind: Kind
    timing: Mapping[Relation, Timing]
    told: Mapping[Event, tuple[Group, ...]] = field(default_factory=dict)
    required: Mapping[Relation, str] = field(default_factory=dict)

    @property
    def is_announced(self) -> bool:
        """News of other things than tickets: rooms below tell it through `operations/announce.py`."""
        return Relation.CUSTOMER in self.timing or Relation.STAFF in self.timing

    def of_side(self, *, customers: bool) -> dict[Relation, Timing]:
        """The defaults of the relations that a customer's people, or the vendor's, can have."""
        return {
            relation: timing for relation, timing in self.timing.items() if (relation in CUSTOMERS_SIDE) is customers
        }


NOW, DIGEST, OFF = Timing.NOW, Timing.DIGEST, Timing.OFF
R, G, K, E = Relation, Group, Kind, Event
_BOTH = (G.CUSTOMERS, G.HELD)
_ASKED = {R.PARTY: "5.5"}

# In the order of weight: of an act's several news, a person is told the last one here.
ROWS: tuple[Row, ...] = (
    Row(K.ARTICLE, {R.CUSTOMER: DIGEST, R.STAFF: DIGEST}),
    Row(K.ARTICLE_DECIDED, {R.STAFF: DIGEST}),
    Row(K.ARTICLE_REVIEW, {R.STAFF: DIGEST}),
    Row(
        K.LINKED,
        {R.PARTY: OFF, R.HELD: OFF},
        {
            E.LINKED: (G.CIRCLE, G.HELD),
            E.UNLINKED: (G.CIRCLE, G.HELD),
            E.KNOWN_ERROR_LINKED: (G.HELD,),
            E.KNOWN_ERROR_UNLINKED: (G.HELD,),
        },
    ),
    Row(K.CALENDAR, {R.STAFF: NOW}),
    Row(K.RELEASE, {R.CUSTOMER: NOW, R.STAFF: DIGEST}),
    Row(K.KNOWN_ERROR, {R.CUSTOMER: NOW, R.STAFF: DIGEST}),
    Row(K.CORRECTED, {R.PARTY: OFF, R.COLLEAGUE: OFF, R.HELD: OFF}, {E.MESSAGE_CORRECTED: _BOTH}),
    Row(K.JOINED, {R.PARTY: OFF, R.HELD: OFF}, {E.JOINED: (G.CIRCLE, G.HELD)}),
    Row(
        K.WORK,
        {R.PARTY: OFF, R.COLLEAGUE: OFF, R.HELD: OFF},
        dict.fromkeys((E.WORK_CORRECTED, E.WORK_WITHDRAWN), _BOTH),
    ),
    Row(
        K.PROGRESS,
        {R.PARTY: NOW, R.COLLEAGUE: DIGEST},
        dict.fromkeys(
            (
                E.ANALYSIS_RESUMED,
                E.KNOWN_ERROR_LINKED,
                E.KNOWN_ERROR_UNLINKED,
                E.REACTION_RECORDED,
                E.RETRACTED,
                E.WORK_STARTED,
            ),
            (G.CUSTOMERS,),
        ),
    ),
    Row(K.ACCEPTED, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.ACCEPTED: (G.CUSTOMERS,)}),
    Row(
        K.RECLASSIFIED,
        {R.PARTY: NOW, R.COLLEAGUE: DIGEST, R.HELD: NOW, R.AGENT: DIGEST},
        {E.RECLASSIFIED: _BOTH, E.CRITICALITY_PROPOSED: (G.WORKERS,)},
    ),
    Row(K.NOTE, {R.HELD: NOW}),  # a comment for staff only: `recipients.py` puts it in a comment's place
    Row(
        K.MESSAGE,
        {R.PARTY: NOW, R.COLLEAGUE: NOW, R.HELD: NOW, R.AGENT: NOW},
        {
            E.COMMENTED: (G.CUSTOMERS, G.WORKERS),
            E.CUSTOMER_REACTED: (G.CUSTOMERS,),
            E.OUTSIDE_SUPPORT: _BOTH,
            E.WITHIN_SUPPORT: _BOTH,
        },
    ),
    Row(
        K.SESSION_NEWS,
        {R.PARTY: NOW, R.COLLEAGUE: DIGEST, R.HELD: NOW},
        {
            **dict.fromkeys((E.SESSION_CONSENTED, E.SESSION_CONSENT_WITHDRAWN, E.SESSION_REFUSED), (G.CUSTOMERS,)),
            **dict.fromkeys((E.SESSION_CANCELLED, E.SESSION_ENDED, E.SESSION_MISSED, E.SESSION_STARTED), _BOTH),
            E.SESSION_PROPOSED: (G.HELD,),
        },
    ),
    Row(K.UNDELIVERED, {R.HELD: NOW, R.AGENT: NOW}),
    Row(K.CONTACT, {R.STAFF: NOW}),
    Row(K.FILED, {R.PARTY: NOW, R.AGENT: NOW}, {E.FILED: (G.CUSTOMERS, G.AGENTS)}),
    Row(K.DUTY, {R.STAFF: NOW}),
    Row(K.CONTRACT_ENDS, {R.CUSTOMER: NOW, R.STAFF: NOW}),
    Row(K.OBLIGATION, {R.STAFF: NOW}),
    Row(K.ASSIGNED, {R.HELD: NOW, R.AGENT: NOW}, {E.ASSIGNED: (G.NAMED,)}),
    Row(
        K.HANDED_OVER,
        {R.PARTY: NOW, R.COLLEAGUE: NOW},
        {E.HANDED_OVER: (G.NAMED, G.CIRCLE)},
        required=_ASKED,  # whoever holds a request is the one whom its terms wait for
    ),
    Row(K.SCHEDULED, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.SCHEDULED: (G.CUSTOMERS,), E.FIX_CHANGED: (G.CUSTOMERS,)}),
    Row(
        K.SUSPENDED,
        {R.PARTY: NOW, R.COLLEAGUE: NOW, R.HELD: NOW},
        {E.SUSPENDED: _BOTH, E.SUSPENDED_UNANSWERED: _BOTH},
        required=_ASKED,
    ),
    Row(
        K.REACTION,
        {R.HELD: NOW, R.AGENT: NOW},
        {E.CUSTOMER_REACTED: (G.WORKERS,), E.REACTION_RECORDED: (G.HELD,)},
    ),
    Row(
        K.SESSION_ANSWER,
        {R.HELD: NOW, R.AGENT: NOW},
        dict.fromkeys((E.SESSION_CONSENTED, E.SESSION_CONSENT_WITHDRAWN, E.SESSION_REFUSED), (G.WORKERS,)),
    ),
    Row(
        K.REOPENED,
        {R.PARTY: NOW, R.COLLEAGUE: NOW, R.HELD: NOW, R.AGENT: NOW},
        {E.REOPENED: (G.WORKERS, G.CUSTOMERS), E.DUPLICATE_UNDONE: _BOTH},
    ),
    Row(K.QUESTION, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.ASKED: (G.CUSTOMERS,)}, required=_ASKED),
    Row(K.PROPOSAL, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.PROPOSED: (G.CUSTOMERS,)}, required=_ASKED),
    Row(K.SESSION, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.SESSION_PROPOSED: (G.CUSTOMERS,)}),
    # An hour before: `operations/remind_of_sessions.py`.
    Row(K.SESSION_SOON, {R.PARTY: NOW, R.COLLEAGUE: NOW, R.HELD: NOW}),
    # Who was to take part can no longer sign in: `operations/tell_of_left_sessions.py`.
    Row(K.SESSION_LEFT, {R.HELD: NOW, R.AGENT: NOW, R.STAFF: NOW}),
    Row(K.REMINDER, {R.PARTY: NOW, R.COLLEAGUE: NOW}, {E.REMINDED: (G.CUSTOMERS,)}, required=_ASKED),
    Row(K.EDITION, {R.CUSTOMER: NOW, R.STAFF: NOW}, required={R.CUSTOMER: "7.3"}),
    Row(K.MAINTENANCE, {R.CUSTOMER: NOW, R.STAFF: NOW}, required={R.CUSTOMER: "4.3"}),
    Row(K.OUTAGE, {R.CUSTOMER: NOW, R.STAFF: NOW}),
    Row(
        K.CLOSED,
        {R.PARTY: NOW, R.COLLEAGUE: NOW, R.HELD: NOW, R.AGENT: NOW},
        {
            E.CLOSED: _BOTH,
            E.SOLUTION_ACCEPTED: _BOTH,
            E.WITHDRAWN: (G.WORKERS, G.CUSTOMERS),
        },
    ),
    # Alarms of the reaction clock come from `operations/watch_deadlines.py`; an incident that is filed or becomes
    # critical is an alarm besides what it is.
    Row(K.NEAR_DEADLINE, {R.HELD: NOW, R.AGENT: NOW}),
    Row(K.HALF_LEFT, {R.DUTY: NOW, R.HELD: NOW}, required={R.DUTY: "6.4"}),
    Row(K.QUARTER_LEFT, {R.DUTY: NOW, R.HELD: NOW}, required={R.DUTY: "6.4"}),
    Row(K.BROKEN_DEADLINE, {R.HELD: NOW, R.AGENT: NOW}),
    Row(K.ALARM, {R.DUTY: NOW, R.HELD: NOW}, required={R.DUTY: "6.4"}),
)
ROW: dict[Kind, Row] = {row.kind: row for row in ROWS}
ANNOUNCED = frozenset(row.kind for row in ROWS if row.is_announced)
# Events that nobody is told of: whoever took a password away does not want it pointed at.
SILENT = frozenset({E.EDITED, E.FILE_REMOVED, E.MESSAGE_REMOVED, E.RECEIPT, E.REPINNED, E.WORK_LOGGED})


def timing_of(kind: Kind, relation: Relation, chosen: Mapping[str, str]) -> Timing:
    """When a person of that relation gets a mail about it: the regulation's word, theirs, or the default."""
    row = ROW[kind]
    if relation in row.required:
        return Timing.NOW
    default = row.timing[relation]
    return Timing(chosen.get(kind, default))
