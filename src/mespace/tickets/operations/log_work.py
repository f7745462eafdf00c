"""Work done on a ticket is written down, by service of clause 6.3."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.models import Audience, Message, MessageKind, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._work import Work, checked_columns, new_reading


def log_work(
    *, ticket_id: int, actor: Actor, now: datetime, work: Work, note: str = "", key: str | None = None
) -> Ticket:
    """The ticket with the work, which the customer sees; `note` is an internal note, which reaches staff alone.

    It moves no status and no clock: on an open ticket it is no reaction (E2), and a closed one takes it, too.
    Raises TicketNotFound, Refused, Invalid by field.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="log_work", content=[work, note]) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        columns = checked_columns(act, work)
        written: Message | None = None
        if note.strip():
            published = write_message(act, body=note, kind=MessageKind.NOTE, audience=Audience.STAFF, field="note")
            written = published.message
            act.record(Kind.COMMENTED, {**published.payload, "audience": Audience.STAFF.value})
        entry, payload = new_reading(act, columns, note=written)
        act.record(Kind.WORK_LOGGED, payload)
        act.answer = {"work": entry.pk}
    return act.ticket
