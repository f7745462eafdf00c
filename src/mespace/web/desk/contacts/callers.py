"""Who may be calling, and what to know of them while they talk: fragments of the form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer, Membership
from mespace.platform.clock import now as clock_now
from mespace.tickets.queries.contacts import beside, callers
from mespace.web.desk.contacts.form import chosen
from mespace.web.desk.door import desk_view
from mespace.web.middleware import ActorRequest


@require_safe
@desk_view
def found(request: ActorRequest) -> HttpResponse:
    """The choices for what is typed into the search, with the one that is chosen already."""
    text, who = request.GET.get("q", ""), request.GET.get("who", "")
    return render(request, "web/desk/contacts/_who.html", choices(request, text=text, who=who))


@require_safe
@desk_view
def known(request: ActorRequest) -> HttpResponse:
    """The open requests and contracts of whoever is chosen."""
    return render(request, "web/desk/contacts/_beside.html", beside_of(request, request.GET.get("who", "")))


def choices(request: ActorRequest, *, text: str, who: str) -> dict[str, Any]:
    """The context of the choices; whoever is chosen already stands first, whatever is searched for. Raises Refused."""
    matches = callers(actor=request.actor, text=text)
    person_id, customer_id = chosen(who)
    people, customers = matches.people, matches.customers
    if person_id is not None:
        kept = Membership.objects.select_related("user", "customer").filter(user_id=person_id)
        people = [*kept, *(each for each in people if each.user_id != person_id)]
    if customer_id is not None:
        customers = [*Customer.objects.filter(pk=customer_id), *(each for each in customers if each.pk != customer_id)]
    options = [_person(each) for each in people] + [_customer(each) for each in customers]
    for option in options:
        option["chosen"] = option["value"] == who
    return {
        "options": options,
        "nobody": not any(option["chosen"] for option in options),
        "asked": bool(text.strip()),
    }


def _person(row: Membership) -> dict[str, Any]:
    note = " · ".join(filter(None, [row.user.job_title, str(row.customer), row.user.phone]))
    return {"value": f"p{row.user_id}", "label": row.user.full_name, "note": note}


def _customer(row: Customer) -> dict[str, Any]:
    return {"value": f"c{row.pk}", "label": str(row), "note": _("the company; the person is not in the list")}


def beside_of(request: ActorRequest, who: str) -> dict[str, Any]:
    """The context of what stands beside the form. Raises Refused."""
    request.actor.require(Permission.CONTACT_LOG)
    person_id, customer_id = chosen(who)
    known = beside(actor=request.actor, now=clock_now(), customer_id=customer_id, person_id=person_id)
    return {"beside": known}
