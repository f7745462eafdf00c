"""A fix or change is planned for a version or build, with a date (clause 4.7)."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.lifecycle import Verb
from mespace.tickets.models import MessageKind, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._steps import Plan

TARGET = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")


def schedule(*, ticket_id: int, actor: Actor, now: datetime, plan: Plan, key: str | None = None) -> Ticket:
    """The ticket in `scheduled`, planned for `plan.target` on `plan.on`; planning again moves the plan.

    Raises TicketNotFound, Refused, IllegalMove, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="schedule", content=plan) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_WORK)
        target = plan.target.strip()
        if not TARGET.fullmatch(target):
            raise Invalid({"target": _("Name the version or build, such as 5 or 4.13.0.")})
        payload = {"target": target, "on": plan.on.isoformat()}
        if plan.body.strip():
            payload |= write_message(act, body=plan.body, kind=MessageKind.COMMENT).payload
        act.move(Verb.SCHEDULE, Kind.SCHEDULED, payload, planned_target=target, planned_on=plan.on)
    return act.ticket
