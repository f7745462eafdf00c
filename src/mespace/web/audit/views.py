"""The row audit of reference data, to read: for auditors alone."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts import audit_trail
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission
from mespace.platform.forms import row_id
from mespace.web.account.people.several import shell
from mespace.web.audit.words import TABLES
from mespace.web.middleware import ActorRequest


@require_safe
def tables(request: ActorRequest) -> HttpResponse:
    """What is audited, each with its last change."""
    _let_in(request)
    rows = [
        {"url": reverse("audit_changes", args=[row.name]), "words": _words(row.name, row.words), "at": row.changed_at}
        for row in audit_trail.tables(actor=request.actor)
    ]
    rows.sort(key=lambda row: str(row["words"]))
    return render(request, "web/audit/tables.html", shell(request, "audit") | {"rows": rows})


@require_safe
def changes(request: ActorRequest, table: str) -> HttpResponse:
    """Changes of one table, newest first; `row` and `person` narrow, `before` pages."""
    _let_in(request)
    row, person, before = (row_id(request.GET.get(name, "")) for name in ("row", "person", "before"))
    try:
        words = audit_trail.table_words(actor=request.actor, table=table)
        page = audit_trail.changes(actor=request.actor, table=table, row_id=row, person_id=person, before=before)
    except audit_trail.NoSuchTable:
        raise Http404 from None
    narrowed = {name: value for name, value in (("row", row), ("person", person)) if value is not None}
    url = reverse("audit_changes", args=[table])
    context = shell(request, "audit") | {
        "words": _words(table, words),
        "rows": page.rows,
        "row": row,
        "person": User.objects.filter(pk=person).first() if person is not None else None,
        "narrowed": narrowed,
        "url": url,
        "older_url": f"{url}?{urlencode({**narrowed, 'before': page.after})}" if page.after else "",
        "newer_url": f"{url}?{urlencode(narrowed)}" if before else "",
    }
    return render(request, "web/audit/changes.html", context)


def _words(name: str, words: str) -> str:
    return str(TABLES.get(name, words))


def _let_in(request: ActorRequest) -> None:
    """Customers' people find nothing here; staff without the right are refused."""
    if not request.actor.is_staff:
        raise Http404
    request.actor.require(Permission.AUDIT_READ)
