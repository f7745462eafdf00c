"""The reaction report: how the promise of clause 6.4 was kept, counted from the verdicts' columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.db.models.functions import TruncMonth

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.regulation.queries import MOSCOW
from mespace.reports.months import Months
from mespace.tickets.lifecycle import Criticality, ReactionState, TicketType
from mespace.tickets.models import Ticket

KEPT: Final = "kept"
BROKEN: Final = "broken"
WITHDRAWN: Final = "withdrawn"
RUNNING: Final = "running"
STATES: Final = (KEPT, BROKEN, WITHDRAWN, RUNNING)
PAGE: Final = 50


@dataclass(frozen=True)
class Wanted:
    """Which tickets are counted: registered in these months, and narrowed by what is set."""

    months: Months
    customer: int | None = None
    contract: int | None = None  # by which the ticket was entitled
    type: str = ""
    criticality: str = ""
    state: str = ""


@dataclass(frozen=True)
class Figures:
    """How many reactions were in time, late, withdrawn before they were due, and still run in time."""

    kept: int = 0
    broken: int = 0
    withdrawn: int = 0
    running: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Both together."""
        return Figures(**{state: getattr(self, state) + getattr(other, state) for state in STATES})

    @property
    def judged(self) -> int:
        """How many have a verdict that counts: withdrawn ones are counted apart."""
        return self.kept + self.broken

    @property
    def percent(self) -> int | None:
        """How many of a hundred judged ones were in time, cut, so that a hundred means all; None without any."""
        return 100 * self.kept // self.judged if self.judged else None

    @property
    def total(self) -> int:
        """All of them."""
        return self.judged + self.withdrawn + self.running


@dataclass(frozen=True)
class Line:
    """A row of the report: `key` is a month, a customer's row, or a type's or criticality's code."""

    key: Any
    label: str
    figures: Figures


@dataclass(frozen=True)
class Report:
    """The report, fully counted."""

    total: Figures
    by_month: list[Line]
    by_customer: list[Line]
    by_type: list[Line]
    by_criticality: list[Line]


def may_read(actor: Actor) -> bool:
    """Whether the actor reads reports: of everybody, or of the own customer."""
    return actor.can(Permission.OVERSIGHT_READ) or actor.can(Permission.REPORTS_READ_OWN_CUSTOMER)


def rows_of(*, actor: Actor, wanted: Wanted, now: datetime) -> QuerySet[Ticket]:
    """The tickets that are counted, of those that the actor sees. Raises Refused."""
    if not actor.can(Permission.REPORTS_READ_OWN_CUSTOMER):
        actor.require(Permission.OVERSIGHT_READ)
    rows = Ticket.objects.visible_to(actor).filter(
        registered_at__gte=wanted.months.start, registered_at__lt=wanted.months.end
    )
    if wanted.customer:
        rows = rows.filter(customer_id=wanted.customer)
    if wanted.contract:
        rows = rows.filter(contract_id=wanted.contract)
    if wanted.type in set(TicketType):
        rows = rows.filter(type=wanted.type)
    if wanted.criticality in set(Criticality):
        rows = rows.filter(criticality=wanted.criticality)
    if wanted.state in STATES:
        rows = rows.filter(condition_of(wanted.state, now))
    return rows


def condition_of(state: str, now: datetime) -> Q:
    """The tickets in a state at `now`: one that was not accepted in time is late whether or not its row says so yet."""
    running = Q(reaction_state=ReactionState.RUNNING)
    if state == BROKEN:
        return Q(reaction_state=ReactionState.BROKEN) | (running & Q(reaction_due_at__lt=now))
    if state == RUNNING:
        return running & Q(reaction_due_at__gte=now)
    return Q(reaction_state=state)


def report(*, actor: Actor, wanted: Wanted, now: datetime) -> Report:
    """The report; months without tickets are there with zeros. Five statements. Raises Refused."""
    rows = rows_of(actor=actor, wanted=replace(wanted, state=""), now=now)
    months = _by_month(rows, now)
    by_month = [Line(each, "", months.get(_midnight(each), Figures())) for each in wanted.months.each()]
    customers = [(row["grouped"], each) for row, each in counts_by(rows, now, grouped=F("customer_id"))]
    names = dict(Customer.objects.filter(pk__in=[key for key, _ in customers]).values_list("pk", "short_name"))
    types = {row["grouped"]: each for row, each in counts_by(rows, now, grouped=F("type"))}
    criticalities = {row["grouped"]: each for row, each in counts_by(rows, now, grouped=F("criticality"))}
    return Report(
        total=sum((line.figures for line in by_month), Figures()),
        by_month=by_month,
        by_customer=sorted((Line(key, names[key], each) for key, each in customers), key=lambda line: line.label),
        by_type=[Line(code, "", types[code]) for code in TicketType.values if code in types],
        by_criticality=[Line(code, "", criticalities[code]) for code in Criticality.values if code in criticalities],
    )


def by_month(*, actor: Actor, wanted: Wanted, now: datetime) -> list[Line]:
    """The report's months alone; one statement. Raises Refused."""
    rows = rows_of(actor=actor, wanted=wanted, now=now)
    months = _by_month(rows, now)
    return [Line(each, "", months.get(_midnight(each), Figures())) for each in wanted.months.each()]


@dataclass(frozen=True)
class TicketPage:
    """Some of the tickets that a number counts, newest registration first, and the cursor of the next ones."""

    rows: list[Ticket]
    next_cursor: str


def tickets(*, actor: Actor, wanted: Wanted, now: datetime, cursor: str = "") -> TicketPage:
    """A page of the tickets behind a number; a cursor that is not ours starts anew. Raises Refused."""
    rows = rows_of(actor=actor, wanted=wanted, now=now)
    after = _after(cursor)
    if after is not None:
        rows = rows.filter(TupleLessThan(("registered_at", "id"), after))
    found = list(rows.select_related("customer", "product").order_by("-registered_at", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return TicketPage(found[:PAGE], f"{last.registered_at:%Y%m%dT%H%M%S}~{last.pk}" if last else "")


def state_of(ticket: Ticket, now: datetime) -> str:
    """The state in which a ticket is counted at `now`."""
    if ticket.reaction_state != ReactionState.RUNNING:
        return str(ticket.reaction_state)
    return BROKEN if ticket.reaction_due_at < now else RUNNING


def counts_by(rows: QuerySet[Ticket], now: datetime, **keys: Combinable) -> Sequence[tuple[dict[str, Any], Figures]]:
    """The figures of each group of tickets that share `keys`; one statement."""
    counts = {state: Count("pk", filter=condition_of(state, now)) for state in STATES}
    grouped: list[dict[str, Any]] = [dict(row) for row in rows.order_by().values(**keys).annotate(**counts)]
    return [(row, Figures(**{state: row[state] for state in STATES})) for row in grouped]


def _by_month(rows: QuerySet[Ticket], now: datetime) -> dict[datetime, Figures]:
    months = TruncMonth("registered_at", tzinfo=MOSCOW)
    return {row["grouped"]: each for row, each in counts_by(rows, now, grouped=months)}


def _midnight(month: date) -> datetime:
    return Months(month, month).start


def _after(cursor: str) -> tuple[datetime, int] | None:
    at, tilde, pk = cursor.partition("~")
    if not tilde or not pk.isascii() or not pk.isdigit() or len(pk) > 18:  # noqa: PLR2004 - bigint's digits
        return None
    try:
        return datetime.strptime(at + "+0000", "%Y%m%dT%H%M%S%z"), int(pk)
    except ValueError:
        return None
