"""The list of calls and mails: those that wait first, the newest on top."""

from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.tickets.models import Channel, Outcome
from mespace.tickets.queries.contacts import STATES, ContactFilter, contact_list
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import answer_if_changed, render_desk
from mespace.web.middleware import ActorRequest


@require_safe
@desk_view
def listing(request: ActorRequest) -> HttpResponse:
    """The page; with `part=rows`, its rows alone (304 while they are as before)."""
    actor = request.actor
    actor.require(Permission.CONTACT_READ)
    wanted, cursor = parse(request.GET), request.GET.get("cursor") or None
    page = contact_list(actor=actor, wanted=wanted, cursor=cursor)
    address = f"{reverse('desk_contacts')}?{query_of(wanted)}"
    table = {
        "rows": page.rows,
        "now": clock_now(),
        "wanted": wanted,
        "first_url": address if cursor else "",
        "next_url": f"{address}&cursor={page.next_cursor}" if page.next_cursor else "",
        "clear_url": f"{reverse('desk_contacts')}?state={wanted.state}",
        "may_log": actor.can(Permission.CONTACT_LOG),
    }
    if request.GET.get("part") == "rows":
        return answer_if_changed(request, render_to_string("web/desk/contacts/_rows.html", table, request))
    context = {
        **table,
        "tabs": _tabs(wanted),
        "filters": _filters(wanted),
        "rows_url": f"{address}&part=rows" + (f"&cursor={cursor}" if cursor else ""),
    }
    return render_desk(request, "web/desk/contacts/list.html", context, place=reverse("desk_contacts"))


def parse(query: QueryDict) -> ContactFilter:
    """The filter in an address; what is not understood means any."""
    state = query.get("state", "all")
    return ContactFilter(
        state=state if state in STATES else "all",
        channel=query.get("channel", "")[:10],
        outcome=query.get("outcome", "")[:12],
        customer=row_id(query.get("customer", "")),
        q=query.get("q", "").strip()[:200],
    )


def query_of(wanted: ContactFilter, **changes: Any) -> str:
    """The address's query of a filter, without what is not set; never empty, since a state is always named."""
    wanted = replace(wanted, **changes)
    return urlencode({field.name: value for field in fields(wanted) if (value := getattr(wanted, field.name))})


def _tabs(wanted: ContactFilter) -> list[dict[str, Any]]:
    labels = {
        "all": pgettext("contacts", "All"),
        "waiting": pgettext("contacts", "Waiting"),
        "handled": pgettext("contacts", "Handled"),
    }
    return [
        {
            "url": f"{reverse('desk_contacts')}?{query_of(wanted, state=state)}",
            "label": label,
            "current": wanted.state == state,
        }
        for state, label in labels.items()
    ]


def _filters(wanted: ContactFilter) -> list[dict[str, Any]]:
    customers = [(str(each.pk), str(each)) for each in Customer.objects.order_by("short_name", "name")]
    found = []
    for name, label, anything, pairs in (
        ("channel", _("Channel"), _("Any channel"), list(Channel.choices)),
        ("outcome", _("Outcome"), _("Any outcome"), list(Outcome.choices)),
        ("customer", _("Customer"), _("Any customer"), customers),
    ):
        value = str(getattr(wanted, name) or "")
        options = [(code, word, str(code) == value) for code, word in pairs]
        found.append({"name": name, "label": label, "any": anything, "choices": options, "is_set": bool(value)})
    return found
