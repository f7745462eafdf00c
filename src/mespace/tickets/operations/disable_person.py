"""Disable a person's account, and hand over what they leave behind, in one act."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.disabling import disable_user
from mespace.accounts.doors import lock_person
from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.accounts.responsible import require_another_responsible
from mespace.customers.actors import actor_of
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import RemoteSession, Ticket, Watcher
from mespace.tickets.operations._act import acting
from mespace.tickets.session_lifecycle import AHEAD

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Left:
    """Who left, how many open tickets went to whom (None: back to the queue), and how many sessions lack somebody."""

    person: User
    handed_over: int
    successor: User | None
    sessions: int = 0


def disable_person(
    *, actor: Actor, now: datetime, user_id: int, successor_id: int | None = None, to_queue: bool = False
) -> Left:
    """The person can no longer sign in; a customer's open tickets are held, and staff's worked on, by `successor_id`.

    Staff's may go back to the queue instead (`to_queue`). The successor also watches what the leaver watched. Closed
    tickets, messages and everything else of the leaver's history stay as they are. All or nothing.
    Raises PersonNotFound, Refused, LastAdministrator, LastResponsible, Invalid (by field).
    """
    with transaction.atomic():
        require_another_responsible(lock_person(actor=actor, user_id=user_id))
        person = disable_user(actor=actor, now=now, user_id=user_id)
        tickets = list(open_tickets_of(person).order_by("pk").values_list("pk", flat=True))
        successor = _successor(person, successor_id)
        if tickets and successor is None and not (to_queue and not person.is_customer):
            raise Invalid({"successor": _("Choose who goes on with the open requests.")})
        for ticket_id in tickets:
            _hand_over(ticket_id, person=person, successor=successor, actor=actor, now=now)
        _pass_watching_on(person, successor, now=now)
        sessions = sessions_with(person).count()
    return Left(person, len(tickets), successor, sessions)


def open_tickets_of(person: User) -> "QuerySet[Ticket]":
    """The open tickets that a customer's person holds, or that one of the staff works on."""
    rows = Ticket.objects.open_work()
    return rows.filter(holder=person) if person.is_customer else rows.filter(assignee=person)


def sessions_with(person: User) -> "QuerySet[RemoteSession]":
    """The remote sessions ahead, on open tickets, that the person was to hold or has agreed to."""
    rows = RemoteSession.objects.filter(state__in=AHEAD).exclude(ticket__status=Status.CLOSED)
    return rows.filter(Q(person=person) | Q(consented_by=person))


def successors_of(person: User) -> "QuerySet[User]":
    """Who can go on with their tickets: active colleagues of the same customer; for staff, those who answer tickets."""
    others = User.objects.filter(is_active=True).exclude(pk=person.pk)
    if person.is_customer:
        return others.filter(membership__customer__memberships__user=person)
    return others.filter(roles__overlap=[Role.AGENT, Role.CONTRACTOR])


def _successor(person: User, successor_id: int | None) -> User | None:
    if successor_id is None:
        return None
    successor = successors_of(person).filter(pk=successor_id).first()
    if successor is None:
        raise Invalid({"successor": _("Choose one of the people offered.")})
    return successor


def _hand_over(ticket_id: int, *, person: User, successor: User | None, actor: Actor, now: datetime) -> None:
    with acting(ticket_id=ticket_id, actor=actor, now=now, name="disable_person", unseen=True) as act:
        if not act.ticket.is_open_work:
            return
        to_user = successor.pk if successor is not None else None
        if person.is_customer:
            act.change(holder_id=to_user)
            act.record(Kind.HANDED_OVER, {"to_user": to_user})
        else:
            act.change(assignee_id=to_user)
            act.record(Kind.ASSIGNED, {"to_user": to_user})


def _pass_watching_on(person: User, successor: User | None, *, now: datetime) -> None:
    """On open tickets the successor watches what they see of it; “we have it too” stays said by the leaver."""
    watching = Watcher.objects.filter(user=person, ticket__in=Ticket.objects.open_work())
    if successor is not None:
        seen = Ticket.objects.visible_to(actor_of(successor)).filter(pk__in=watching.values("ticket"))
        Watcher.objects.bulk_create(
            [Watcher(ticket_id=pk, user=successor, since=now) for pk in seen.values_list("pk", flat=True)],
            ignore_conflicts=True,
        )
    watching.filter(joined_at=None).delete()
