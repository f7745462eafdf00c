"""The customer's list: own requests or the company's, by state and site, and the search in them."""

from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission, Role
from mespace.customers.models import Site
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.tickets.models import Ticket
from mespace.tickets.queries.lists import ListFilter, Page, customer_list, search
from mespace.web.acts.by_key import redirect_to_key
from mespace.web.middleware import ActorRequest
from mespace.web.portal.contracts import ending_soon
from mespace.web.portal.customers_only import customers_only
from mespace.web.portal.rows import row_of

WHOSE = ("mine", "all")
STATES = ("open", "ours", "closed", "all")
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; `after` is the cursor."""

    whose: str
    state: str
    site: int | None
    text: str
    after: str

    @classmethod
    def of(cls, request: ActorRequest) -> "Wanted":
        """What the address says; anything unknown is the default: own open requests, all for a responsible employee."""
        asked = request.GET
        whose = "all" if Role.RESPONSIBLE in request.actor.roles else "mine"
        return cls(
            whose=asked["whose"] if asked.get("whose") in WHOSE else whose,
            state=asked["state"] if asked.get("state") in STATES else "open",
            site=row_id(asked.get("site", "")),
            text=asked.get("q", "").strip()[:LONGEST_QUERY],
            after=asked.get("after", ""),
        )

    def url(self, **changes: object) -> str:
        """The address of the list with these changes, from its first page on."""
        wanted = replace(self, **{"after": "", **changes})  # type: ignore[arg-type]
        asked = {
            "q": wanted.text,
            "whose": wanted.whose,
            "state": wanted.state,
            "site": wanted.site,
            "after": wanted.after,
        }
        return f"{reverse('my_tickets')}?{urlencode({name: value for name, value in asked.items() if value})}"

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter may hide something."""
        return self.state != "all" or self.site is not None or self.whose == "mine"


@require_safe
@customers_only
def my_tickets(request: ActorRequest) -> HttpResponse:
    """The page; with `part=rows` its rows alone, 304 when nothing has changed since the ETag."""
    wanted = Wanted.of(request)
    if (found := redirect_to_key(request.actor, wanted.text)) is not None:
        return found
    page = _page(request, wanted)
    rows = _rows(request, wanted, page)
    if request.GET.get("part") == "rows":
        etag = f'"{sha256(rows.encode()).hexdigest()[:32]}"'
        same = request.headers.get("If-None-Match") == etag
        response = HttpResponseNotModified() if same else HttpResponse(rows)
        response["ETag"] = etag
        return response
    sites = Site.objects.filter(customer_id=request.actor.customer_id or 0)
    if request.actor.site_ids is not None:
        sites = sites.filter(pk__in=request.actor.site_ids)
    context = {
        "wanted": wanted,
        "rows": rows,
        "sites": list(sites),
        "tabs": _tabs(wanted),
        "whose": [
            {"url": wanted.url(whose="mine"), "label": _("Mine"), "current": wanted.whose == "mine"},
            {"url": wanted.url(whose="all"), "label": _("All of the company"), "current": wanted.whose == "all"},
        ],
        "ending": ending_soon(request.actor, now=clock_now()) if _reads_contracts(request) else [],
        "poll_url": f"{wanted.url(after=wanted.after)}&part=rows",
    }
    return render(request, "web/portal/my_tickets.html", context)


def _reads_contracts(request: ActorRequest) -> bool:
    return request.actor.can(Permission.CONTRACT_READ_OWN)


def _page(request: ActorRequest, wanted: Wanted) -> Page:
    if wanted.text:
        return search(actor=request.actor, text=wanted.text, cursor=wanted.after or None)
    chosen = ListFilter(whose=wanted.whose, state=wanted.state, site=wanted.site)
    return customer_list(actor=request.actor, wanted=chosen, cursor=wanted.after or None)


def _rows(request: ActorRequest, wanted: Wanted, page: Page) -> str:
    now = clock_now()
    context = {
        "rows": [row_of(ticket, actor=request.actor, now=now) for ticket in page.rows],
        "wanted": wanted,
        "older_url": wanted.url(after=page.next_cursor) if page.next_cursor else "",
        "newer_url": wanted.url() if wanted.after else "",
        "empty": None if page.rows else _empty(request, wanted),
    }
    return render_to_string("web/portal/ticket_rows.html", context)


def _tabs(wanted: Wanted) -> list[dict[str, object]]:
    labels = {
        "open": pgettext("requests", "Open"),
        "ours": _("Our move"),
        "closed": pgettext("requests", "Closed"),
        "all": pgettext("requests", "All"),
    }
    return [
        {"url": wanted.url(state=state, text=""), "label": label, "current": state == wanted.state and not wanted.text}
        for state, label in labels.items()
    ]


def _empty(request: ActorRequest, wanted: Wanted) -> dict[str, str]:
    """Why nothing is shown, and the next step."""
    file_one = {"action_url": reverse("new_ticket"), "action_label": _("File a request")}
    if wanted.text:
        return {
            "icon": "search",
            "title": _("Nothing found"),
            "text": _("All words must occur, in any form. Try fewer words, or the key of a request such as ZAVOD-42."),
            "action_url": wanted.url(text=""),
            "action_label": _("Back to the list"),
        }
    if not Ticket.objects.visible_to(request.actor).exists():
        return {
            "icon": "message",
            "title": _("Here your requests will be"),
            "text": _(
                "File the first one: a question, an error, an incident or a wish. "
                "You see the promised time before you send it."
            ),
            **file_one,
        }
    if wanted.state == "ours":
        return {
            "icon": "checks",
            "title": _("Nothing waits for you"),
            "text": _("Questions and proposed solutions to which an answer is expected appear here."),
            "action_url": wanted.url(state="open"),
            "action_label": _("Open requests"),
        }
    if wanted.is_narrowed:
        return {
            "icon": "filter",
            "title": _("No request fits"),
            "text": _("Other states, sites or colleagues may have some."),
            "action_url": wanted.url(whose="all", state="all", site=None),
            "action_label": _("All requests of the company"),
        }
    return {"icon": "inbox", "title": _("No request fits"), "text": "", **file_one}
