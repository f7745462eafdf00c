"""The report of work, the requests behind each of its numbers, and both as files."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.customers.models import Customer
from mespace.platform import clock
from mespace.platform.forms import row_id
from mespace.regulation.services import Service, service_name
from mespace.reports.months import asked_months, month_code
from mespace.reports.tables import MOST_ROWS, WRITERS, Cell
from mespace.reports.work import (
    WantedWork,
    WorkFigures,
    WorkLine,
    entries_of,
    people_of,
    tickets_with_work,
    work_by_all,
    work_report,
)
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest
from mespace.web.reports.rows import month_word
from mespace.web.reports.views import draw, file_of, readers

SECTION = "reports:work"


@readers
def work(request: ActorRequest) -> HttpResponse:
    """How long support worked, by month, service, customer and person."""
    wanted = wanted_of(request.GET)
    found = work_report(actor=request.actor, wanted=wanted)
    is_staff = request.actor.is_staff
    tables = [
        {
            "title": _("By month"),
            "head": _("Month"),
            "rows": [
                _line(wanted, each, month_word(each.key), first=each.key, last=each.key) for each in found.by_month
            ],
        },
        {
            "title": _("By service"),
            "head": pgettext("clause 6.3", "Service"),
            "rows": [_line(wanted, each, service_name(each.key), service=each.key) for each in found.by_service],
        },
        {
            "title": _("By person"),
            "head": _("Person"),
            "rows": [_line(wanted, each, each.label, person=each.key) for each in found.by_person],
        },
    ]
    if is_staff:
        customers = [_line(wanted, each, each.label, customer=each.key) for each in found.by_customer]
        tables.insert(2, {"title": _("By customer"), "head": _("Customer"), "rows": customers})
    context = {
        "wanted": wanted,
        "first": month_code(wanted.months.first),
        "last": month_code(wanted.months.last),
        "total": found.total,
        "total_url": requests_url(wanted),
        "tables": tables,
        "customers": list(Customer.objects.order_by("short_name").only("short_name")) if is_staff else [],
        "services": [(code, service_name(code)) for code in Service.values],
        "people": people_of(request.actor),
        "files": _files("reports:work_file", wanted),
        "is_narrowed": bool(wanted.customer or wanted.service or wanted.person),
    }
    return draw(request, "work", context, section=SECTION)


@readers
def work_requests(request: ActorRequest) -> HttpResponse:
    """The requests whose work a number counts, the newest first."""
    wanted = wanted_of(request.GET)
    after = row_id(request.GET.get("after", ""))
    rows, following = tickets_with_work(actor=request.actor, wanted=wanted, after=after)
    context = {
        "rows": rows,
        "facts": _facts(request, wanted),
        "back_url": f"{reverse('reports:work')}?{query_of(wanted)}",
        "first_url": requests_url(wanted) if after is not None else "",
        "next_url": f"{requests_url(wanted)}&after={following}" if following is not None else "",
        "files": _files("reports:work_entries_file", wanted),
    }
    return draw(request, "work_requests", context, section=SECTION)


@readers
def work_file(request: ActorRequest, kind: str) -> HttpResponse:
    """The report as a table: a row per month, customer, service and person."""
    heads = [_("Month"), _("Customer"), pgettext("clause 6.3", "Service"), _("Person"), *_heads()]
    rows: list[list[Cell]] = [
        [f"{month:%Y-%m}", customer, service_name(service), person, *_cells(figures)]
        for month, customer, service, person, figures in work_by_all(actor=request.actor, wanted=wanted_of(request.GET))
    ]
    return file_of(kind, "work", heads, rows)


@readers
def work_entries_file(request: ActorRequest, kind: str) -> HttpResponse:
    """Every entry as a table; 413 when there are more than a file takes."""
    entries = list(entries_of(actor=request.actor, wanted=wanted_of(request.GET))[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        message = _("A file holds at most %(most)d entries. Choose fewer months, or narrow the report.")
        return error_page(request, 413, message=message % {"most": MOST_ROWS})
    heads = [
        pgettext("of the work", "Day"),
        _("Key"),
        _("Customer"),
        _("Subject"),
        pgettext("clause 6.3", "Service"),
        _("Person"),
        _("Minutes"),
    ]
    rows: list[list[Cell]] = [
        [
            entry.worked_on,
            entry.ticket.key,
            entry.ticket.customer.short_name,
            entry.ticket.subject,
            service_name(entry.service),
            entry.person.full_name,
            entry.minutes,
        ]
        for entry in entries
    ]
    return file_of(kind, "work-entries", heads, rows)


def wanted_of(query: QueryDict) -> WantedWork:
    """What is counted; what is not understood means any."""
    service = query.get("service", "")
    return WantedWork(
        months=asked_months(query.get("from", ""), query.get("to", ""), now=clock.now()),
        customer=row_id(query.get("customer", "")),
        service=service if service in set(Service) else "",
        person=row_id(query.get("person", "")),
    )


def query_of(wanted: WantedWork, *, first: date | None = None, last: date | None = None, **changes: Any) -> str:
    """The address's query, with the months and the rest changed as asked."""
    values = {
        "from": month_code(first or wanted.months.first),
        "to": month_code(last or wanted.months.last),
        "customer": wanted.customer,
        "service": wanted.service,
        "person": wanted.person,
    } | changes
    return urlencode({name: value for name, value in values.items() if value})


def requests_url(wanted: WantedWork, **changes: Any) -> str:
    """The address of the requests whose work a number counts."""
    return f"{reverse('reports:work_requests')}?{query_of(wanted, **changes)}"


def _line(wanted: WantedWork, line: WorkLine, word: str, **narrowed: Any) -> dict[str, Any]:
    return {"word": word, "figures": line.figures, "url": requests_url(wanted, **narrowed)}


def _facts(request: ActorRequest, wanted: WantedWork) -> list[str]:
    """What is counted, in words."""
    first, last = month_word(wanted.months.first), month_word(wanted.months.last)
    facts = [first if first == last else f"{first} – {last}"]
    if wanted.service:
        facts.append(service_name(wanted.service))
    if wanted.customer and request.actor.is_staff:
        facts.append(Customer.objects.filter(pk=wanted.customer).values_list("short_name", flat=True).first() or "—")
    if wanted.person:
        # Only a name that the reader's own report shows, too.
        named = [each for each in people_of(request.actor) if each.pk == wanted.person]
        facts += [person.full_name for person in named]
    return facts


def _files(name: str, wanted: WantedWork) -> list[tuple[str, str]]:
    return [(kind.upper(), f"{reverse(name, args=[kind])}?{query_of(wanted)}") for kind in WRITERS]


def _heads() -> list[str]:
    return [_("Minutes"), _("Entries"), _("Requests")]


def _cells(figures: WorkFigures) -> list[Cell]:
    return [figures.minutes, figures.entries, figures.tickets]
