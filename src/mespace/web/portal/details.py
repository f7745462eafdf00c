"""Completing what a request lacks: the form of clause 3.2's fields that may come later."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespace.customers.models import Area, Site, WorkCenter
from mespace.products.models import Build
from mespace.tickets.models import Ticket
from mespace.tickets.queries.ticket import find_ticket
from mespace.web.acts.forms import DetailsForm
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only


@require_safe
@customers_only
def ticket_details(request: ActorRequest, key: str) -> HttpResponse:
    """The form with what is known; 404 for a closed request."""
    ticket = find_ticket(actor=request.actor, key=key)
    if not ticket.is_open_work:
        raise Http404
    initial = {
        "site": ticket.site_id,
        "area": ticket.area_id,
        "work_center": ticket.work_center_id,
        "build": ticket.build_id,
        "what_was_done": ticket.what_was_done,
        "expected": ticket.expected,
        "stopped_process": ticket.stopped_process,
    }
    form = DetailsForm(initial=initial, auto_id="details-%s")
    context = {"ticket": ticket, "form": form, **details_choices(ticket, form)}
    return render(request, "web/portal/ticket_details.html", context)


def details_choices(ticket: Ticket, form: DetailsForm) -> dict[str, Any]:
    """What web/portal/details_form.html chooses from; four statements."""
    customer = ticket.customer_id
    sites = Site.objects.filter(customer_id=customer)
    areas = Area.objects.filter(site__customer_id=customer).select_related("site").order_by("site__name", "name")
    centers = (
        WorkCenter.objects.filter(area__site__customer_id=customer)
        .select_related("area__site")
        .order_by("area__site__name", "area__name", "name")
    )
    builds = Build.objects.filter(version__product_id=ticket.product_id).select_related("version")
    return {
        "choices": [
            _choice(form, "site", [(one.pk, one.name) for one in sites]),
            _choice(form, "build", [(one.pk, one.full_number) for one in builds]),
            _choice(form, "area", [(one.pk, f"{one.site} / {one}") for one in areas]),
            _choice(form, "work_center", [(one.pk, f"{one.area.site} / {one.area} / {one}") for one in centers]),
        ],
        "is_incident": ticket.type == "incident",
    }  # fmt: skip


def _choice(form: DetailsForm, name: str, options: list[tuple[int, str]]) -> dict[str, Any]:
    chosen = str(form[name].value() or "")
    return {
        "field": form[name],
        "options": [{"value": value, "label": label, "chosen": str(value) == chosen} for value, label in options],
    }
