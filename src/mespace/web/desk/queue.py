"""The queue: open work by urgency, narrowed by what the address says, polled while it is looked at."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import new_key
from mespace.tickets.operations.saved_views import may_share
from mespace.tickets.queries import lists
from mespace.tickets.queries.desk_options import Options, filter_options
from mespace.tickets.queries.lists import QueueFilter
from mespace.web import vocabulary
from mespace.web.desk.door import desk_view
from mespace.web.desk.filters import filter_query, parse_filter
from mespace.web.desk.row_html import Columns, queue_rows
from mespace.web.desk.rows import rows_of
from mespace.web.desk.shell import VIEW_LOOKS, answer_if_changed, render_desk
from mespace.web.middleware import ActorRequest


@require_safe
@desk_view
def queue(request: ActorRequest) -> HttpResponse:
    """The queue's page; with `part=rows`, its rows alone (304 while they are as before)."""
    actor, now = request.actor, clock_now()
    wanted = parse_filter(request.GET, actor)
    cursor = request.GET.get("cursor") or None
    page = lists.queue(actor=actor, wanted=wanted, cursor=cursor)
    address = f"{reverse('queue')}?{filter_query(wanted)}"
    columns = Columns(now, actor.can(Permission.TICKET_ASSIGN), actor.can(Permission.TICKET_READ_ALL))
    table = {
        "rows_html": queue_rows(rows_of(page.rows, actor=actor, now=now), columns),
        "can_assign": columns.can_assign,
        "shows_assignee": columns.shows_assignee,
        "first_url": address if cursor else "",
        "next_url": f"{address}&cursor={page.next_cursor}" if page.next_cursor else "",
        "wanted": wanted,
        "clear_url": f"{reverse('queue')}?view={wanted.view}",
    }
    if request.GET.get("part") == "rows":
        return answer_if_changed(request, render_to_string("web/desk/_queue_rows.html", table, request))
    options = filter_options(customer_id=wanted.customer) if actor.can(Permission.TICKET_READ_ALL) else {}
    here = request.get_full_path()
    context = {
        **table,
        "look": VIEW_LOOKS[wanted.view],
        "filters": _filters(wanted, options),
        "narrowed": sum(
            bool(getattr(wanted, name))
            for name in ("customer", "product", "site", "assignee", "type", "criticality", "status")
        ),
        "assignees": options.get("assignee", []),
        "key": new_key(),
        "here": here,
        "rows_url": f"{address}&part=rows" + (f"&cursor={cursor}" if cursor else ""),
        "query": filter_query(wanted),
        "may_share": may_share(actor),
    }
    return render_desk(request, "web/desk/queue.html", context, place=address)


def _filters(wanted: QueueFilter, options: Options) -> list[dict[str, Any]]:
    """The filters' selects: name, label, what “any” is called, and the choices."""
    from django.utils.translation import gettext as _
    from django.utils.translation import pgettext

    found: list[dict[str, Any]] = []

    def add(name: str, label: str, anything: str, choices: list[tuple[object, object]]) -> None:
        chosen = str(getattr(wanted, name) or "")
        shown = [(str(value), word, str(value) == chosen) for value, word in choices]
        found.append({"name": name, "label": label, "any": anything, "choices": shown, "is_set": bool(chosen)})

    for name, label, anything in (
        ("customer", _("Customer"), _("Any customer")),
        ("site", _("Site"), _("Any site")),
        ("product", _("Software"), _("Any software")),
        ("assignee", _("Assignee"), _("Any assignee")),
    ):
        if options.get(name):
            add(name, label, anything, [(option.pk, option.label) for option in options[name]])
    add(
        "type",
        pgettext("of a request", "Type"),
        _("Any type"),
        [(code, look.word) for code, look in vocabulary.TYPES.items()],
    )
    add(
        "criticality",
        _("Criticality"),
        _("Any criticality"),
        [(code, look.word) for code, look in vocabulary.CRITICALITIES.items()],
    )
    statuses = [(code, look.word) for code, look in vocabulary.STATUSES.items() if code != "closed"]
    add("status", pgettext("of a request", "Status"), _("Any status"), list(statuses))
    return found
