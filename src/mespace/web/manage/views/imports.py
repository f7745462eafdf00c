"""Importing a customer's people and plants: a table is sent, looked at, and imported as a whole."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mespace.customers import queries
from mespace.customers.importing.columns import ImportKind, template
from mespace.customers.importing.plan import Outcome
from mespace.customers.importing.run import preview
from mespace.customers.models import CustomerImport
from mespace.customers.operations.apply_import import apply_import
from mespace.customers.operations.upload_import import upload_import
from mespace.platform import clock
from mespace.platform.files import download_headers
from mespace.platform.rows import RowNotFound
from mespace.platform.tables import MOST_BYTES, MOST_ROWS
from mespace.web.manage.door import changes_customers, fills_customers, reads_customers
from mespace.web.manage.page import Sheet, draw, fill, posted, see, sent_files
from mespace.web.manage.views.customers import SECTION, customer_url
from mespace.web.middleware import ActorRequest

SHOWN = 200  # rows of a preview


class ImportForm(forms.Form):
    """A table, and what it is about."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What the table is about"),
        choices=ImportKind.choices,
        widget=forms.RadioSelect,
        initial=ImportKind.PEOPLE.value,
    )
    file = forms.FileField(label=gettext_lazy("File, XLSX or CSV"))

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields and how they are laid out."""
        return [(self["kind"], "wide"), (self["file"], "wide")]


@fills_customers
def import_new(request: ActorRequest, customer_id: int) -> HttpResponse:
    """The form that takes the table; then its preview."""
    customer = queries.customer(actor=request.actor, customer_id=customer_id)
    sheet = Sheet(
        section=SECTION,
        heading=_("Import people or sites"),
        lead=_("First you see what would be added and changed. At most %(rows)d rows; nothing is done by halves.")
        % {"rows": MOST_ROWS},
        back_url=customer_url(customer.pk),
        back_label=customer.short_name,
        submit=_("Look at it"),
        links=[
            (reverse("manage:import_template", args=[kind.value]), _("Template: %(kind)s") % {"kind": kind.label})
            for kind in ImportKind
        ],
    )
    form = ImportForm(posted(request), sent_files(request))

    def save(data: dict[str, Any]) -> tuple[str, str]:
        row = upload_import(
            actor=request.actor,
            now=clock.now(),
            customer_id=customer_id,
            kind=ImportKind(data["kind"]),
            file_name=data["file"].name or "",
            data=data["file"].read(MOST_BYTES + 1),
        )
        return reverse("manage:import", args=[row.pk]), _("The table is read. Nothing is imported yet.")

    return fill(request, form, sheet, save)


@reads_customers
def import_one(request: ActorRequest, import_id: int) -> HttpResponse:
    """What the table would do, row by row, with its errors."""
    row, plan = preview(actor=request.actor, import_id=import_id, now=clock.now())
    shown = [line for line in plan.lines if line.outcome != Outcome.SAME][:SHOWN]
    context = {
        "row": row,
        "customer": row.customer,
        "plan": plan,
        "errors": plan.errors[:SHOWN],
        "lines": shown,
        "more_errors": len(plan.errors) - SHOWN,
        "more_lines": plan.added + plan.changed - len(shown),
        "may_apply": row.applied_at is None and not plan.errors and plan.added + plan.changed > 0,
        "again_url": reverse("manage:import_new", args=[row.customer_id]),
    }
    return draw(request, "import", context, section=SECTION)


@changes_customers
def import_apply(request: ActorRequest, import_id: int) -> HttpResponse:
    """Import the table as a whole."""
    try:
        row = apply_import(actor=request.actor, now=clock.now(), import_id=import_id)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return see(reverse("manage:import", args=[import_id]))
    messages.success(request, _done_words(row))
    part = "people" if row.kind == ImportKind.PEOPLE else "sites"
    return see(customer_url(row.customer_id, part))


def _done_words(row: CustomerImport) -> str:
    added = ngettext("%(n)d row added", "%(n)d rows added", row.added) % {"n": row.added}
    changed = ngettext("%(n)d changed", "%(n)d changed", row.changed) % {"n": row.changed}
    said = _("The table is imported: %(added)s, %(changed)s.") % {"added": added, "changed": changed}
    if row.kind == ImportKind.PEOPLE and row.added:
        return f"{said} {_('Next: invite those who are new.')}"
    return said


@reads_customers
def import_template(_request: ActorRequest, kind: str) -> HttpResponse:
    """A file to fill in."""
    if kind not in set(ImportKind):
        raise RowNotFound(kind)
    response = HttpResponse(template(ImportKind(kind)))
    for name, value in download_headers(f"{kind}.csv", "text/csv", inline=False).items():
        response[name] = value
    return response
