"""Logged work did not belong here: it counts no longer, and stays visible with the reason."""

from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._work import holding_reading, new_reading


def withdraw_work(
    *, ticket_id: int, actor: Actor, now: datetime, work_id: int, reason: str, key: str | None = None
) -> Ticket:
    """The ticket without that work in its sums, with the reason, which both sides read.

    Raises TicketNotFound, Refused, Invalid (no reason; corrected or withdrawn meanwhile).
    """
    content = [work_id, reason]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="withdraw_work", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        former = holding_reading(act, work_id)
        reasoned = write_reason(act, reason)
        names = ("service", "minutes", "worked_on", "person_id", "note_id")
        columns = {name: getattr(former, name) for name in names}
        entry, payload = new_reading(act, columns, replaces=former, is_withdrawn=True)
        act.record(Kind.WORK_WITHDRAWN, {**payload, "replaces": former.pk, **reasoned})
        act.answer = {"work": entry.pk}
    return act.ticket
