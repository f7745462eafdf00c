"""Live figures of a clause, by the reader's rights: staff see all, a customer its own, a stranger none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission, Role
from mespace.customers.entitlement import moscow_date
from mespace.customers.models import SupportContract
from mespace.customers.queries import WARNING_DAYS
from mespace.ledger.models import Event
from mespace.obligations.kinds import kinds
from mespace.obligations.lifecycle import State
from mespace.obligations.models import Obligation
from mespace.regulation.queries import edition_in_force
from mespace.reports.months import Months
from mespace.reports.reaction import BROKEN, KEPT, RUNNING, Wanted, condition_of, may_read
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Criticality, Resolution, Status
from mespace.tickets.models import Contact, Ticket
from mespace.tickets.queries.owed import may_read as may_read_owed
from mespace.web.reports.address import requests_url


@dataclass(frozen=True)
class Figure:
    """One number, with the address of what it counts where the reader has such a page."""

    label: str
    value: int
    url: str = ""
    tone: str = ""
    icon: str = ""


Figures = list[Figure]


def figures_of(number: str, *, actor: Actor, now: datetime) -> Figures:
    """The figures of a clause that the reader may see; a few statements at most, none for strangers."""
    if not actor.is_person:
        return []
    found = _BY_CLAUSE[number](actor, now) if number in _BY_CLAUSE else []
    return found + _obligations(number, actor)


def _tickets(actor: Actor) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(actor)


def _sees_tickets(actor: Actor) -> bool:
    return not _tickets(actor).query.is_empty()


def _month(now: datetime) -> Months:
    first = moscow_date(now).replace(day=1)
    return Months(first, first)


def _reaction(actor: Actor, now: datetime) -> Figures:
    if not _sees_tickets(actor):
        return []
    wanted = Wanted(_month(now))
    rows = _tickets(actor).filter(registered_at__gte=wanted.months.start, registered_at__lt=wanted.months.end)
    counts = rows.aggregate(
        **{state: Count("pk", filter=condition_of(state, now)) for state in (KEPT, BROKEN, RUNNING)}
    )
    words = {
        KEPT: (_("Kept this month"), "clock-check", "good"),
        BROKEN: (_("Broken this month"), "alert-triangle", "bad"),
        RUNNING: (_("Still running"), "clock", ""),
    }
    return [
        Figure(
            label,
            counts[state],
            requests_url(wanted, state=state) if may_read(actor) else "",
            tone if counts[state] else "",
            icon,
        )
        for state, (label, icon, tone) in words.items()
    ]


def _unanswered(actor: Actor, _now: datetime) -> Figures:
    if not _sees_tickets(actor):
        return []
    by_timer = Event.objects.filter(
        stream_id=OuterRef("stream_id"), kind=Kind.SUSPENDED_UNANSWERED, at=OuterRef("status_since")
    )
    suspended = _tickets(actor).filter(status=Status.SUSPENDED).filter(Exists(by_timer)).count()
    running = _tickets(actor).filter(term_opened_at__isnull=False).exclude(status=Status.CLOSED).count()
    return [
        Figure(_("Suspended by it now"), suspended, icon="clock-pause"),
        Figure(_("Terms that run"), running, icon="clock"),
    ]


def _contracts(actor: Actor, now: datetime) -> Figures:
    rows = SupportContract.objects.none()
    if actor.can(Permission.CUSTOMERS_READ):
        rows = SupportContract.objects.all()
    elif actor.can(Permission.CONTRACT_READ_OWN):
        rows = SupportContract.objects.filter(customer_id=actor.customer_id or 0)
    else:
        return []
    today = moscow_date(now)
    last = today + timedelta(days=max(WARNING_DAYS))
    valid = Q(valid_from__lte=today, valid_until__gte=today)
    counts = rows.aggregate(
        valid=Count("pk", filter=valid), ending=Count("pk", filter=valid & Q(valid_until__lte=last))
    )
    url = reverse("manage:contracts") if actor.is_staff else reverse("contracts")
    return [
        Figure(_("Contracts in force"), counts["valid"], url, icon="file-certificate"),
        Figure(_("End within %(days)d days") % {"days": max(WARNING_DAYS)}, counts["ending"], url, icon="clock"),
    ]


def _accepted(actor: Actor, now: datetime) -> Figures:
    if not actor.can(Permission.CUSTOMERS_READ):
        return []
    today = moscow_date(now)
    rows = SupportContract.objects.filter(valid_from__lte=today, valid_until__gte=today)
    older = rows.exclude(accepted_edition=edition_in_force(now)).count()
    return [Figure(_("Contracts that accepted an earlier edition"), older, icon="history")]


def _contacts(actor: Actor, _now: datetime) -> Figures:
    if not actor.can(Permission.CONTACT_READ):
        return []
    waiting = Contact.objects.visible_to(actor).filter(rank=0).count()
    return [Figure(_("Calls and mails that wait for somebody"), waiting, icon="phone")]


def _count(label: Callable[[], str], condition: Callable[[datetime], Q], icon: str) -> Callable[..., Figures]:
    """One number of requests that the reader sees."""

    def counted(actor: Actor, now: datetime) -> Figures:
        if not _sees_tickets(actor):
            return []
        return [Figure(label(), _tickets(actor).filter(condition(now)).count(), icon=icon)]

    return counted


_OPEN: Final = ~Q(status=Status.CLOSED)


def _by_edition(actor: Actor, _now: datetime) -> Figures:
    if not _sees_tickets(actor):
        return []
    rows = _tickets(actor).exclude(status=Status.CLOSED).order_by()
    found = rows.values(code=F("regulation_edition__code")).annotate(n=Count("pk")).order_by("code")
    return [
        Figure(
            _("Open requests measured by %(code)s") % {"code": row["code"]},
            row["n"],
            reverse("regulation:edition", args=[row["code"]]),
            icon="gavel",
        )
        for row in found
    ]


def _closed_this_month(resolution: Resolution) -> Callable[[datetime], Q]:
    return lambda now: Q(resolution=resolution, closed_at__gte=_month(now).start, closed_at__lt=_month(now).end)


def _obligations(number: str, actor: Actor) -> Figures:
    """What is owed by the clause besides requests: owed now, overdue, done in time, done late."""
    codes = [kind.code for kind in kinds() if number in kind.clause.split(", ")]
    if not codes or not may_read_owed(actor):
        return []
    rows = Obligation.objects.visible_to(actor).filter(kind__in=codes)
    counts = rows.aggregate(**{state: Count("pk", filter=Q(state=state)) for state in State.values})
    url = f"{reverse('ledger:list')}?kind={codes[0]}"
    words = (
        (State.OPEN, "", _("Owed now"), "clock", ""),
        (State.MISSED, State.MISSED, _("Overdue, still owed"), "alert-triangle", "bad"),
        (State.FULFILLED, State.FULFILLED, _("Done in time"), "clock-check", "good"),
        (State.LATE, State.LATE, _("Done late"), "clock-exclamation", "warn"),
    )
    return [
        Figure(label, counts[state], f"{url}&state={asked}" if asked else url, tone if counts[state] else "", icon)
        for state, asked, label, icon, tone in words
    ]


_BY_CLAUSE: Final[Mapping[str, Callable[[Actor, datetime], Figures]]] = {
    "2.2": _contracts,
    "2.3": _accepted,
    "3.3": _contacts,
    "4.1": _count(lambda: _("Open requests"), lambda _now: _OPEN, "list"),
    "4.7": _count(
        lambda: _("Open requests linked with a known error"), lambda _now: _OPEN & Q(known_error__isnull=False), "bug"
    ),
    "4.8": _count(lambda: _("Solved this month"), _closed_this_month(Resolution.SOLVED), "circle-check"),
    "5.3": _count(
        lambda: _("Open critical incidents"), lambda _now: _OPEN & Q(criticality=Criticality.CRITICAL), "alert-triangle"
    ),
    "5.4": _count(
        lambda: _("Handed to another vendor this month"), _closed_this_month(Resolution.THIRD_PARTY), "world"
    ),
    "5.5": _unanswered,
    "6.1": _count(
        lambda: _("Open requests from another configuration"), lambda _now: _OPEN & Q(outside_support=True), "package"
    ),
    "6.4": _reaction,
    "7.1": _count(
        lambda: _("Open requests with contractors"),
        lambda _now: _OPEN & Q(assignee__roles__overlap=[Role.CONTRACTOR]),
        "users",
    ),
    "7.3": _by_edition,
}
