"""The report of work (clause 6.3): how long support worked, by month, service, customer and person."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.regulation.services import NUMBERS, Service
from mespace.reports.months import Months, next_month
from mespace.tickets.models import Ticket, WorkEntry

PAGE: Final = 50


@dataclass(frozen=True)
class WantedWork:
    """Which work is counted: done in these months, Moscow's, and narrowed by what is set."""

    months: Months
    customer: int | None = None
    service: str = ""
    person: int | None = None


@dataclass(frozen=True)
class WorkFigures:
    """How many minutes of work, in how many entries, on how many tickets."""

    minutes: int = 0
    entries: int = 0
    tickets: int = 0

    @property
    def seconds(self) -> int:
        """The same time in seconds."""
        return self.minutes * 60


@dataclass(frozen=True)
class WorkLine:
    """A row of the report: `key` is a month, a customer's or a person's row, or a service's code."""

    key: Any
    label: str
    figures: WorkFigures


@dataclass(frozen=True)
class WorkReport:
    """The report, fully counted."""

    total: WorkFigures
    by_month: list[WorkLine]
    by_service: list[WorkLine]
    by_customer: list[WorkLine]
    by_person: list[WorkLine]


@dataclass(frozen=True)
class TicketWork:
    """A ticket, and what of its work is counted."""

    ticket: Ticket
    figures: WorkFigures


def work_rows(*, actor: Actor, wanted: WantedWork) -> QuerySet[WorkEntry]:
    """The entries that are counted, of those on tickets that the actor sees. Raises Refused."""
    if not actor.can(Permission.REPORTS_READ_OWN_CUSTOMER):
        actor.require(Permission.OVERSIGHT_READ)
    rows = WorkEntry.objects.visible_to(actor).counting()
    rows = rows.filter(worked_on__gte=wanted.months.first, worked_on__lt=next_month(wanted.months.last))
    if wanted.customer:
        rows = rows.filter(ticket__customer_id=wanted.customer)
    if wanted.service in set(Service):
        rows = rows.filter(service=wanted.service)
    if wanted.person:
        rows = rows.filter(person_id=wanted.person)
    return rows.order_by()


def work_report(*, actor: Actor, wanted: WantedWork) -> WorkReport:
    """The report; months without work are there with zeros. Seven statements. Raises Refused."""
    rows = work_rows(actor=actor, wanted=wanted)
    months = _grouped(rows, TruncMonth("worked_on"))
    services = _grouped(rows, F("service"))
    customers, people = _grouped(rows, F("ticket__customer_id")), _grouped(rows, F("person_id"))
    names = dict(Customer.objects.filter(pk__in=customers).values_list("pk", "short_name"))
    full_names = dict(User.objects.filter(pk__in=people).values_list("pk", "full_name"))
    return WorkReport(
        total=_figures(rows.aggregate(**_SUMS)),
        by_month=[WorkLine(each, "", months.get(each, WorkFigures())) for each in wanted.months.each()],
        by_service=[WorkLine(code, "", services[code]) for code in sorted(services, key=lambda code: NUMBERS[code])],
        by_customer=_by_label({pk: names[pk] for pk in customers}, customers),
        by_person=_by_label({pk: full_names[pk] for pk in people}, people),
    )


def work_by_all(*, actor: Actor, wanted: WantedWork) -> list[tuple[date, str, str, str, WorkFigures]]:
    """A row per month, customer, service and person, for a file; in that order. One statement. Raises Refused."""
    keys = ("month", "ticket__customer__short_name", "service", "person__full_name")
    rows = work_rows(actor=actor, wanted=wanted).annotate(month=TruncMonth("worked_on"))
    found = [(*(row[key] for key in keys), _figures(row)) for row in rows.values(*keys).annotate(**_SUMS)]
    return sorted(found, key=lambda row: (row[0], row[1].casefold(), NUMBERS[row[2]], row[3].casefold()))


def tickets_with_work(
    *, actor: Actor, wanted: WantedWork, after: int | None = None
) -> tuple[list[TicketWork], int | None]:
    """The tickets that a number counts, the newest first, and after which the next page begins. Two statements.

    Raises Refused.
    """
    rows = work_rows(actor=actor, wanted=wanted)
    if after is not None:
        rows = rows.filter(ticket_id__lt=after)
    sums = list(rows.values("ticket_id").annotate(**_SUMS).order_by("-ticket_id")[: PAGE + 1])
    shown = sums[:PAGE]
    tickets = Ticket.objects.visible_to(actor).select_related("customer", "product")
    by_id = tickets.in_bulk([row["ticket_id"] for row in shown])
    found = [TicketWork(by_id[row["ticket_id"]], _figures(row)) for row in shown]
    return found, shown[-1]["ticket_id"] if len(sums) > PAGE else None


def entries_of(*, actor: Actor, wanted: WantedWork) -> QuerySet[WorkEntry]:
    """Every entry that is counted, by day, with what a file says of it. Raises Refused."""
    joined = work_rows(actor=actor, wanted=wanted).select_related("ticket__customer", "person")
    return joined.order_by("worked_on", "pk")


def people_of(actor: Actor) -> list[User]:
    """Whose work can be chosen: everybody of the vendor who ever logged some that the actor sees, by name."""
    seen = WorkEntry.objects.visible_to(actor).order_by().values("person_id")
    return list(User.objects.filter(pk__in=seen).only("full_name").order_by("full_name"))


def without(wanted: WantedWork) -> WantedWork:
    """The same months, not narrowed."""
    return replace(wanted, customer=None, service="", person=None)


_SUMS: dict[str, Any] = {
    "minutes": Sum("minutes", default=0),
    "entries": Count("pk"),
    "tickets": Count("ticket_id", distinct=True),
}


def _grouped(rows: QuerySet[WorkEntry], key: Combinable) -> dict[Any, WorkFigures]:
    return {row["grouped"]: _figures(row) for row in rows.values(grouped=key).annotate(**_SUMS)}


def _figures(row: Any) -> WorkFigures:  # noqa: ANN401 - a row as a dict
    return WorkFigures(row["minutes"], row["entries"], row["tickets"])


def _by_label(names: dict[int, str], figures: dict[int, WorkFigures]) -> list[WorkLine]:
    lines = [WorkLine(pk, name, figures[pk]) for pk, name in names.items()]
    return sorted(lines, key=lambda line: line.label.casefold())
