"""Linking two tickets of one customer, and taking a link away."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Link, Ticket
from mespace.tickets.models.links import Relation
from mespace.tickets.operations._act import acting


def link(*, ticket_id: int, actor: Actor, now: datetime, other_key: str, key: str | None = None) -> Ticket:
    """The ticket, linked as related to another of the same customer that the actor sees; linking twice changes nothing.

    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="link", content=other_key) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        ticket = act.ticket
        other = (
            Ticket.objects.visible_to(actor)
            .filter(key=other_key.strip().upper(), customer_id=ticket.customer_id)
            .first()
        )
        if other is None or other.pk == ticket.pk:
            raise Invalid({"other": _("Give the key of another request of the same customer.")})
        _link, created = Link.objects.get_or_create(
            ticket=ticket,
            other=other,
            relation=Relation.RELATED,
            defaults={"created_by_id": actor.person_id, "created_at": now},
        )
        if created:
            act.record(Kind.LINKED, {"relation": Relation.RELATED.value, "other": other.key})
    return act.ticket


def unlink(*, ticket_id: int, actor: Actor, now: datetime, link_id: int, key: str | None = None) -> Ticket:
    """The ticket without that link of relation “related”; the log keeps both facts.

    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="unlink", content=link_id) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        row = (
            Link.objects.select_related("other")
            .filter(pk=link_id, ticket=act.ticket, relation=Relation.RELATED)
            .first()
        )
        if row is None:
            raise Invalid({"": _("This link is no longer there.")})
        row.delete()
        act.record(Kind.UNLINKED, {"relation": Relation.RELATED.value, "other": row.other.key})
    return act.ticket
