"""The promise before filing: when the clock would start and until when support must have reacted, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mespace.customers.models import Site
from mespace.platform.clock import now as clock_now
from mespace.platform.forms import row_id
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.queries.promise import PromiseNow, promises_now
from mespace.web.durations import duration_words
from mespace.web.instants import MOSCOW, day_words, zone_named
from mespace.web.middleware import ActorRequest
from mespace.web.portal.customers_only import customers_only

KINDS = (
    (TicketType.CONSULTATION, Criticality.NON_CRITICAL),
    (TicketType.INCIDENT, Criticality.CRITICAL),
)
ON_DAYS: tuple[str | Promise, ...] = (
    gettext_lazy("on Monday"),
    gettext_lazy("on Tuesday"),
    gettext_lazy("on Wednesday"),
    gettext_lazy("on Thursday"),
    gettext_lazy("on Friday"),
    gettext_lazy("on Saturday"),
    gettext_lazy("on Sunday"),
)


@dataclass(frozen=True)
class PromiseWords:
    """One promise: `clock` when it starts to run, `due` until when, `there` the same at the site where it differs."""

    is_critical: bool
    target: str
    clock: str
    due: str
    there: str
    is_provisional: bool


@require_safe
@customers_only
def filing_promise(request: ActorRequest) -> HttpResponse:
    """The promises as of now, for the site chosen in the form."""
    asked = row_id(request.GET.get("site", ""))
    site = None
    if asked is not None:
        site = Site.objects.filter(pk=asked, customer_id=request.actor.customer_id or 0).first()
    return render(request, "web/portal/promise.html", promise_context(now=clock_now(), site=site))


def promise_context(*, now: datetime, site: Site | None) -> dict[str, Any]:
    """What web/portal/promise.html shows."""
    zone = site.time_zone if site is not None else ""
    given = promises_now(now=now, kinds=[(str(kind), str(criticality)) for kind, criticality in KINDS])
    return {
        "promises": [
            promise_words(one, now=now, zone_name=zone, is_critical=criticality == Criticality.CRITICAL)
            for one, (_kind, criticality) in zip(given, KINDS, strict=True)
        ]
    }


def promise_words(given: PromiseNow, *, now: datetime, zone_name: str, is_critical: bool) -> PromiseWords:
    """The promise as a person says it: “on Monday 24.11.2026 at 08:00”."""
    clock = (
        _("Sent now, the clock runs at once")
        if given.starts_now
        else _("Sent now, the clock starts %(at)s Moscow time") % {"at": when(given.clock_starts, now=now)}
    )
    there = ""
    zone = zone_named(zone_name) if zone_name else MOSCOW
    if given.due.astimezone(zone).utcoffset() != given.due.astimezone(MOSCOW).utcoffset():
        local = given.due.astimezone(zone)
        there = local.strftime("%H:%M")
        if local.date() != given.due.astimezone(MOSCOW).date():
            there = f"{day_words(local.date())} {there}"
    return PromiseWords(
        is_critical=is_critical,
        target=duration_words(given.target_seconds),
        clock=clock,
        due=when(given.due, now=now),
        there=there,
        is_provisional=given.is_provisional,
    )


def when(at: datetime, *, now: datetime) -> str:
    """A Moscow instant near `now`: today, tomorrow, or by weekday and date."""
    local, today = at.astimezone(MOSCOW), now.astimezone(MOSCOW).date()
    clock = local.strftime("%H:%M")
    ahead = (local.date() - today).days
    if ahead == 0:
        return _("today at %(time)s") % {"time": clock}
    if ahead == 1:
        return _("tomorrow at %(time)s") % {"time": clock}
    return _("%(on_day)s %(date)s at %(time)s") % {
        "on_day": ON_DAYS[local.weekday()],
        "date": day_words(local.date()),
        "time": clock,
    }
