"""Logged work was written down wrongly: a new reading replaces the former, and both stay visible."""

from dataclasses import replace
from datetime import datetime

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_reason
from mespace.tickets.operations._work import Work, checked_columns, holding_reading, new_reading


def correct_work(
    *, ticket_id: int, actor: Actor, now: datetime, work_id: int, work: Work, reason: str, key: str | None = None
) -> Ticket:
    """The ticket with the corrected work and the reason, which both sides read; the same as before changes nothing.

    Raises TicketNotFound, Refused, Invalid (by field; corrected or withdrawn meanwhile).
    """
    content = [work_id, work, reason]
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="correct_work", content=content) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        former = holding_reading(act, work_id)
        columns = checked_columns(act, replace(work, person_id=work.person_id or former.person_id))
        if all(getattr(former, name) == value for name, value in columns.items()):
            return act.ticket
        reasoned = write_reason(act, reason)
        entry, payload = new_reading(act, columns, note_id=former.note_id, replaces=former)
        act.record(Kind.WORK_CORRECTED, {**payload, "replaces": former.pk, **reasoned})
        act.answer = {"work": entry.pk}
    return act.ticket
