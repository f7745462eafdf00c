"""The people around a ticket, and whether each still may hear of it."""

from collections.abc import Iterable
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.models import User
from mespace.accounts.permissions import Permission, Role
from mespace.customers.actors import actor_of
from mespace.notifications.duty import alarmed
from mespace.notifications.recipients import People
from mespace.tickets.models import Ticket, Watcher


def people_of(ticket: Ticket, *, at: datetime) -> People:
    """Everyone who may have to hear of the ticket; of its watchers, those who watched at `at`."""
    watching = Watcher.objects.filter(ticket=ticket, since__lte=at)
    watchers = User.objects.filter(pk__in=watching.values("user_id"), is_active=True)
    sides: dict[bool, set[int]] = {True: set(), False: set()}
    for user in watchers:
        sides[user.is_customer].add(user.pk)
    agents = User.objects.filter(is_active=True, roles__contains=[Role.AGENT]).values_list("pk", flat=True)
    return People(
        requester=ticket.requester_id,
        holder=ticket.holder_id,
        assignee=ticket.assignee_id,
        customer_watchers=frozenset(sides[True]),
        staff_watchers=frozenset(sides[False]),
        agents=frozenset(agents),
        duty=frozenset(alarmed(at)),
    )


def hearers(ticket: Ticket, users: Iterable[int], *, staff_only: bool = False) -> list[tuple[User, Actor]]:
    """Those of `users` who may sign in and see the ticket now (and internal notes, if it is about one), by id."""
    found = []
    for user in User.objects.filter(pk__in=list(users), is_active=True).order_by("pk"):
        actor = actor_of(user)
        if sees(actor, ticket, staff_only=staff_only):
            found.append((user, actor))
    return found


def sees(actor: Actor, ticket: Ticket, *, staff_only: bool = False) -> bool:
    """Whether the actor sees the ticket; what is for staff, only those with the right to internal notes."""
    if staff_only and (actor.is_customer or not actor.can(Permission.TICKET_READ_INTERNAL)):
        return False
    if actor.can(Permission.TICKET_READ_ALL):
        return True
    return Ticket.objects.visible_to(actor).filter(pk=ticket.pk).exists()
