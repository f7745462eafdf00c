"""Remote sessions as pages show them: those of one ticket, and those that are coming."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.platform.prepared import Given, Prepared
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import RemoteSession
from mespace.tickets.session_lifecycle import AHEAD

MOST_COMING = 200
_JOINS = ("person", "purpose", "consented_by", "refused_by", "recorded_by", "connected", "report")
_OF_TICKET = Prepared(
    lambda: (
        RemoteSession.objects.filter(ticket=Given("ticket"))
        .select_related(*_JOINS, "build_before__version", "build_after__version")
        .order_by("-number")
    )
)


def sessions_of(ticket_id: int) -> list[RemoteSession]:
    """All sessions of a ticket that the caller has let the reader see, the newest first; one statement."""
    return _OF_TICKET.rows(ticket=ticket_id)


def coming_sessions(*, actor: Actor, mine: bool = False) -> list[RemoteSession]:
    """The running ones and those ahead, by their beginning, on open tickets that the actor sees; one statement.

    One whose time is over and that nobody started or cancelled is among them: something must be done about it.
    """
    rows = RemoteSession.objects.visible_to(actor).live().exclude(ticket__status=Status.CLOSED)
    if mine:
        rows = rows.filter(person_id=actor.user_id)
    joined = rows.select_related("person", "ticket__customer", "ticket__site", "consented_by", "connected")
    return list(joined.order_by("starts_at", "pk")[:MOST_COMING])


def left_sessions(*, actor: Actor) -> list[RemoteSession]:
    """The visible ones ahead in which somebody was to take part who has left since, by their beginning; one statement.

    Each must be agreed anew or cancelled: none of them can begin.
    """
    rows = RemoteSession.objects.visible_to(actor).left()
    joined = rows.select_related("person", "consented_by", "ticket__customer")
    return list(joined.order_by("starts_at", "pk")[:MOST_COMING])


def sessions_to_remind_of(*, now: datetime, ahead: timedelta) -> QuerySet[RemoteSession]:
    """Those of open tickets that begin within `ahead`, the earliest first."""
    rows = RemoteSession.objects.live().filter(state__in=AHEAD, starts_at__gt=now, starts_at__lte=now + ahead)
    return rows.exclude(ticket__status=Status.CLOSED).select_related("ticket").order_by("starts_at", "pk")
