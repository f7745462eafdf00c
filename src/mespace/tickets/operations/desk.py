"""What helps agents at the desk: drafts, presence and read marks.

None of it is business fact, so none is in the log.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mespace.accounts.actor import Actor
from mespace.platform.prepared import change
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Draft, Presence, Ticket
from mespace.tickets.operations._act import mark_read
from mespace.tickets.operations._messages import LONGEST_TEXT

PRESENT_FOR = timedelta(seconds=45)


def save_draft(*, actor: Actor, now: datetime, ticket_id: int, form: str, body: str) -> None:
    """Keep an unsent answer; an empty one is forgotten. Raises TicketNotFound."""
    if actor.user_id is None or not Ticket.objects.visible_to(actor).filter(pk=ticket_id).exists():
        raise TicketNotFound(ticket_id)
    if not body.strip():
        forget_draft(actor=actor, ticket_id=ticket_id, form=form)
        return
    Draft.objects.update_or_create(
        user_id=actor.user_id,
        ticket_id=ticket_id,
        form=form[:20],
        defaults={"body": body.replace("\x00", "")[:LONGEST_TEXT], "saved_at": now},
    )


def forget_draft(*, actor: Actor, ticket_id: int, form: str) -> None:
    """The draft is no longer kept (it was sent, or emptied)."""
    change(
        "DELETE FROM tickets_draft WHERE user_id = %s AND ticket_id = %s AND form = %s",
        [actor.person_id, ticket_id, form[:20]],
    )


@dataclass(frozen=True)
class Other:
    """Somebody else who has the ticket open."""

    name: str
    is_writing: bool


def be_present(*, actor: Actor, now: datetime, ticket_id: int, is_writing: bool) -> list[Other]:
    """Say that the actor has the ticket open; who else has, most recent first. Raises TicketNotFound."""
    if actor.user_id is None or not Ticket.objects.visible_to(actor).filter(pk=ticket_id).exists():
        raise TicketNotFound(ticket_id)
    Presence.objects.bulk_create(
        [Presence(user_id=actor.user_id, ticket_id=ticket_id, seen_at=now, is_writing=is_writing)],
        update_conflicts=True,
        unique_fields=["ticket", "user"],
        update_fields=["seen_at", "is_writing"],
    )
    others = (
        Presence.objects.filter(ticket_id=ticket_id, seen_at__gte=now - PRESENT_FOR)
        .exclude(user_id=actor.user_id)
        .select_related("user")
        .order_by("-seen_at")
    )
    return [Other(row.user.full_name, row.is_writing) for row in others[:5]]


def was_shown(*, actor: Actor, ticket: Ticket, seen: int | None) -> None:
    """A page has shown the actor the ticket as it is now: its unread mark, which stood at event `seen`, goes."""
    if actor.user_id is not None and (seen is None or seen < ticket.version):
        mark_read(user_id=actor.user_id, ticket_id=ticket.pk, seq=ticket.version)
