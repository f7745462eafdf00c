"""Everything that the vendor owes today and has owed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mespace.accounts.permissions import Permission
from mespace.customers.models import Customer
from mespace.obligations.kinds import kinds
from mespace.obligations.lifecycle import State
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.regulation.queries import MOSCOW
from mespace.tickets.queries.owed import (
    BESIDES,
    OWED,
    REACTION,
    OwedCounts,
    OwedFilter,
    may_read,
    owed,
    owed_counts,
    recent_from,
)
from mespace.web.errors import error_page
from mespace.web.ledger.shell import shell_of
from mespace.web.ledger.words import STATE_CHOICES, kind_choices, ledger_row
from mespace.web.middleware import ActorRequest


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; `after` is the cursor, `wrong` names dates that are none."""

    kind: str = ""
    state: str = OWED
    customer: int | None = None
    first: date | None = None
    last: date | None = None
    after: str = ""
    wrong: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: ActorRequest) -> "Wanted":
        """What the address says; anything unknown is the default."""
        asked = request.GET
        known = {REACTION, BESIDES, *(kind.code for kind in kinds())}
        days: dict[str, date | None] = {}
        wrong: list[str] = []
        for name in ("first", "last"):
            text = asked.get(name, "").strip()
            try:
                days[name] = date.fromisoformat(text) if text else None
            except ValueError:
                days[name], wrong = None, [*wrong, text[:40]]
        return cls(
            kind=asked["kind"] if asked.get("kind") in known else "",
            state=asked["state"] if asked.get("state") in STATE_CHOICES else OWED,
            customer=row_id(asked.get("customer", "")),
            after=asked.get("after", ""),
            wrong=tuple(wrong),
            **days,
        )

    def url(self, **changes: object) -> str:
        """The address of the list with these changes, from its first page on."""
        wanted = replace(self, **{"after": "", **changes})  # type: ignore[arg-type]
        asked = {
            "kind": wanted.kind,
            "state": wanted.state,
            "customer": wanted.customer,
            "first": wanted.first,
            "last": wanted.last,
            "after": wanted.after,
        }
        return f"{reverse('ledger:list')}?{urlencode({name: value for name, value in asked.items() if value})}"

    def filter(self) -> OwedFilter:
        """What the query takes."""
        state = "" if self.state == "all" else self.state
        return OwedFilter(kind=self.kind, state=state, customer=self.customer, first=self.first, last=self.last)


@require_safe
def ledger(request: ActorRequest) -> HttpResponse:
    """The list with its figures, each of which opens its list; 404 for customers who have none.

    Raises Refused, BadCursor.
    """
    if request.actor.is_customer and not may_read(request.actor):
        return error_page(request, 404)
    now, wanted = clock_now(), Wanted.of(request)
    page = owed(actor=request.actor, now=now, wanted=wanted.filter(), cursor=wanted.after or None)
    counts = owed_counts(actor=request.actor, now=now, customer=wanted.customer)
    sees_all = request.actor.can(Permission.CUSTOMERS_READ)
    context = {
        **shell_of(request),
        "wanted": wanted,
        "rows": [ledger_row(row, now) for row in page.rows],
        "tiles": _tiles(wanted, counts, now),
        "kinds": kind_choices(),
        "states": STATE_CHOICES.items(),
        "customers": list(Customer.objects.order_by("short_name").values_list("pk", "short_name")) if sees_all else [],
        "is_narrowed": wanted != Wanted(after=wanted.after),
        "reset_url": reverse("ledger:list"),
        "older_url": wanted.url(after=page.next_cursor) if page.next_cursor else "",
        "newer_url": wanted.url() if wanted.after else "",
    }
    return render(request, "web/ledger/ledger.html", context)


def _tiles(wanted: Wanted, counts: OwedCounts, now: datetime) -> list[dict[str, Any]]:
    today, recently = now.astimezone(MOSCOW).date(), recent_from(now)
    base = Wanted(customer=wanted.customer)
    days = _("due in the last 30 days")
    return [
        {"label": _("Owed now"), "value": counts.owed, "icon": "clock", "url": base.url()},
        {
            "label": _("Overdue, still owed"),
            "value": counts.missed,
            "icon": "alert-triangle",
            "tone": "bad" if counts.missed else "",
            "url": base.url(state=State.MISSED.value),
        },
        {
            "label": _("Due today"),
            "value": counts.today,
            "icon": "calendar-event",
            "tone": "warn" if counts.today else "",
            "note": _("Moscow date, not yet overdue"),
            "url": base.url(state=State.OPEN.value, last=today),
        },
        {
            "label": _("Done in time"),
            "value": counts.fulfilled,
            "icon": "clock-check",
            "note": days,
            "url": base.url(state=State.FULFILLED.value, first=recently),
        },
        {
            "label": _("Done late"),
            "value": counts.late,
            "icon": "clock-exclamation",
            "note": days,
            "url": base.url(state=State.LATE.value, first=recently),
        },
    ]
