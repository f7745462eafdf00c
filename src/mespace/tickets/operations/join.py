"""“We have it too”: a colleague of the requester joins."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import MessageKind, Ticket, Watcher
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._steps import step_react


def join(*, ticket_id: int, actor: Actor, now: datetime, note: str = "", key: str | None = None) -> Ticket:
    """The ticket, now watched by the colleague too. In a waiting status it is a reaction.

    One who has joined before, or the requester, joins no second time; a note of theirs is a message like any other.

    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="join", content=note) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT)
        ticket = act.ticket
        if not ticket.is_open_work:
            raise Invalid({"": _("This request is closed. File a new one and name this one in it.")})
        watcher, _created = Watcher.objects.get_or_create(
            ticket=ticket, user_id=actor.person_id, defaults={"since": now}
        )
        joins = watcher.joined_at is None and ticket.requester_id != actor.user_id
        if joins:
            watcher.joined_at = now
            watcher.save(update_fields=["joined_at"])
            act.record(Kind.JOINED, {"user": actor.user_id})
        payload = write_message(act, body=note, kind=MessageKind.COMMENT).payload if note.strip() else {}
        if ticket.is_waiting and (joins or payload):
            step_react(act, payload=payload)
        elif payload:
            act.record(Kind.COMMENTED, {**payload, "audience": "customer"})
    return act.ticket
