"""The reaction report, the requests behind each of its numbers, and both as files."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.contract_pages import contract_named
from mespace.customers.models import Customer
from mespace.platform import clock
from mespace.regulation.queries import MOSCOW
from mespace.reports import reaction as report
from mespace.reports.months import month_code
from mespace.reports.tables import CONTENT_TYPES, MOST_ROWS, WRITERS, Cell
from mespace.web import vocabulary
from mespace.web.errors import error_page
from mespace.web.middleware import ActorRequest
from mespace.web.reports.address import query_of, requests_url, wanted_of
from mespace.web.reports.bars import chart_of
from mespace.web.reports.rows import line_row, month_rows, month_word, state_words, type_rows
from mespace.web.staff_page import draw_staff

SECTION = "reports:reaction"
View = Callable[..., HttpResponse]


def readers(view: View) -> View:
    """GET for those who read reports; other staff get 403; to ordinary people of a customer it does not exist."""

    @require_safe
    @wraps(view)
    def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not report.may_read(request.actor):
            return error_page(request, 403 if request.actor.is_staff else 404)
        return view(request, *args, **kwargs)

    return guarded


@readers
def reaction(request: ActorRequest) -> HttpResponse:
    """Kept, broken and withdrawn reactions by month, customer, type and criticality."""
    now = clock.now()
    wanted = wanted_of(request.GET, now=now)
    found = report.report(actor=request.actor, wanted=wanted, now=now)
    is_staff = request.actor.is_staff
    months = month_rows(wanted, found.by_month)
    types = type_rows(wanted, found.by_type)
    critical = [
        line_row(wanted, line, vocabulary.CRITICALITIES[line.key].word, criticality=line.key)
        for line in found.by_criticality
    ]
    tables = [
        {"title": _("By month"), "head": _("Month"), "rows": months},
        {"title": _("By type"), "head": pgettext("of a request", "Type"), "rows": types},
        {"title": _("By criticality"), "head": _("Criticality"), "rows": critical},
    ]
    if is_staff:
        customers = [line_row(wanted, line, line.label, customer=line.key) for line in found.by_customer]
        tables.insert(1, {"title": _("By customer"), "head": _("Customer"), "rows": customers})
    context = {
        "wanted": wanted,
        "contract": contract_named(actor=request.actor, contract_id=wanted.contract),
        "first": month_code(wanted.months.first),
        "last": month_code(wanted.months.last),
        "total": line_row(wanted, report.Line(None, "", found.total), ""),
        "tables": tables,
        "chart": chart_of(found.by_month),
        "states": state_words(),
        "customers": list(Customer.objects.order_by("short_name").only("short_name")) if is_staff else [],
        "types": [(code, look.word) for code, look in vocabulary.TYPES.items()],
        "criticalities": [(code, look.word) for code, look in vocabulary.CRITICALITIES.items()],
        "files": [
            (kind.upper(), f"{reverse('reports:reaction_file', args=[kind])}?{query_of(wanted)}") for kind in WRITERS
        ],
        "is_narrowed": bool(wanted.customer or wanted.contract or wanted.type or wanted.criticality),
    }
    return draw(request, "reaction", context)


@readers
def requests(request: ActorRequest) -> HttpResponse:
    """The requests that a number of the report counts, newest first."""
    now = clock.now()
    wanted = wanted_of(request.GET, now=now)
    page = report.tickets(actor=request.actor, wanted=wanted, now=now, cursor=request.GET.get("cursor", ""))
    words = state_words()
    context = {
        "rows": [(ticket, words[report.state_of(ticket, now)]) for ticket in page.rows],
        "facts": _facts(request, wanted),
        "back_url": f"{reverse('reports:reaction')}?{query_of(wanted, state='')}",
        "first_url": requests_url(wanted) if request.GET.get("cursor") else "",
        "next_url": f"{requests_url(wanted)}&cursor={page.next_cursor}" if page.next_cursor else "",
        "files": [
            (kind.upper(), f"{reverse('reports:requests_file', args=[kind])}?{query_of(wanted)}") for kind in WRITERS
        ],
    }
    return draw(request, "requests", context)


@readers
def reaction_file(request: ActorRequest, kind: str) -> HttpResponse:
    """The report as a table: a row per month, customer, type and criticality."""
    now = clock.now()
    wanted = wanted_of(request.GET, now=now)
    found = report.report(actor=request.actor, wanted=wanted, now=now)
    words = state_words()
    counted = [words[state]["word"] for state in report.STATES]
    heads = [_("Part"), pgettext("report", "What"), *counted, _("Percent in time")]
    rows: list[list[Cell]] = []
    parts: list[tuple[str, list[report.Line], Callable[[Any], str]]] = [
        (_("By month"), found.by_month, month_word),
        (_("By type"), found.by_type, lambda code: str(vocabulary.TYPES[code].word)),
        (_("By criticality"), found.by_criticality, lambda code: str(vocabulary.CRITICALITIES[code].word)),
    ]
    if request.actor.is_staff:
        names = {line.key: line.label for line in found.by_customer}
        parts.append((_("By customer"), found.by_customer, lambda key: names[key]))
    for part, lines, word in parts:
        for line in lines:
            counts = [getattr(line.figures, state) for state in report.STATES]
            rows.append([part, word(line.key), *counts, line.figures.percent])
    return file_of(kind, "reaction", heads, rows)


@readers
def requests_file(request: ActorRequest, kind: str) -> HttpResponse:
    """The requests as a table; 413 when there are more than a file takes."""
    now = clock.now()
    wanted = wanted_of(request.GET, now=now)
    found = report.rows_of(actor=request.actor, wanted=wanted, now=now)
    tickets = list(found.select_related("customer", "product").order_by("registered_at", "id")[: MOST_ROWS + 1])
    if len(tickets) > MOST_ROWS:
        message = _("A file holds at most %(most)d requests. Choose fewer months, or narrow the report.")
        return error_page(request, 413, message=message % {"most": MOST_ROWS})
    words = state_words()
    heads = [
        _("Key"),
        _("Customer"),
        _("Subject"),
        pgettext("of a request", "Type"),
        _("Criticality"),
        _("Registered, Moscow"),
        _("Promised until"),
        _("Accepted"),
        _("Reaction"),
    ]
    rows: list[list[Cell]] = [
        [
            ticket.key,
            ticket.customer.short_name,
            ticket.subject,
            str(vocabulary.TYPES[ticket.type].word),
            str(vocabulary.CRITICALITIES[ticket.criticality].word),
            ticket.registered_at.astimezone(MOSCOW),
            ticket.reaction_due_at.astimezone(MOSCOW),
            ticket.reacted_at.astimezone(MOSCOW) if ticket.reacted_at else None,
            words[report.state_of(ticket, now)]["word"],
        ]
        for ticket in tickets
    ]
    return file_of(kind, "requests", heads, rows)


def _facts(request: ActorRequest, wanted: report.Wanted) -> list[str]:
    """What is counted, in words."""
    first, last = month_word(wanted.months.first), month_word(wanted.months.last)
    facts = [first if first == last else f"{first} – {last}"]
    if wanted.state:
        facts.append(state_words()[wanted.state]["word"])
    if wanted.customer and request.actor.is_staff:
        name = Customer.objects.filter(pk=wanted.customer).values_list("short_name", flat=True).first()
        facts.append(name or "—")
    if wanted.contract:
        contract = contract_named(actor=request.actor, contract_id=wanted.contract)
        facts.append(_("contract %(number)s") % {"number": contract.number if contract is not None else "—"})
    if wanted.type:
        facts.append(str(vocabulary.TYPES[wanted.type].word))
    if wanted.criticality:
        facts.append(str(vocabulary.CRITICALITIES[wanted.criticality].word))
    return facts


def file_of(kind: str, name: str, heads: list[str], rows: list[list[Cell]]) -> HttpResponse:
    """A table as a file to keep."""
    response = HttpResponse(WRITERS[kind](heads, rows), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def draw(request: ActorRequest, name: str, context: Mapping[str, Any], *, section: str = SECTION) -> HttpResponse:
    """A page of reports, in the shell of whoever reads it; `section` is the menu's entry."""
    if request.actor.can(Permission.CUSTOMERS_READ):
        shell = {"base": "web/manage/base.html", "is_staff": True}
        return draw_staff(request, f"reports/{name}", {**context, **shell}, section=section)
    return render(request, f"web/reports/{name}.html", {**context, "base": "web/app.html", "is_staff": False})
