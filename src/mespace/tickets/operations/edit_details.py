"""Completing what a ticket lacks (clauses 3.2, 7.2)."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._place import Place, checked_place
from mespace.tickets.operations._steps import step_react
from mespace.tickets.search import index_again

LONGEST = {"what_was_done": 10_000, "expected": 10_000, "stopped_process": 300}  # characters


@dataclass(frozen=True)
class Details:
    """3.2's fields that may be completed later."""

    place: Place
    what_was_done: str = ""
    expected: str = ""
    stopped_process: str = ""


def edit_details(*, ticket_id: int, actor: Actor, now: datetime, details: Details, key: str | None = None) -> Ticket:
    """The ticket with those fields as given; the log names the fields that changed.

    By staff who work on it or the customer, whose completing is a reaction in a waiting status.
    Raises TicketNotFound, Refused, Invalid.
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="edit_details", content=details) as act:
        if act.repeated:
            return act.ticket
        actor.require(Permission.TICKET_REACT if actor.is_customer else Permission.TICKET_WORK)
        ticket = act.ticket
        if actor.is_customer and not ticket.is_open_work:
            raise Invalid({"": _("This request is closed. Reopen it, or continue in a new one.")})
        details = cleaned(details)
        wanted = {
            **checked_place(
                details.place, customer_id=ticket.customer_id, product_id=ticket.product_id, ticket_type=ticket.type
            ),
            "what_was_done": details.what_was_done,
            "expected": details.expected,
            "stopped_process": details.stopped_process,
        }
        changed = {name: value for name, value in wanted.items() if getattr(ticket, name) != value}
        if changed:
            act.change(**changed)
            act.record(Kind.EDITED, {"fields": sorted(name.removesuffix("_id") for name in changed)})
            if actor.is_customer and ticket.is_waiting:
                step_react(act)
            act.write()
            index_again(ticket)
    return act.ticket


def cleaned(details: Details) -> Details:
    """The details without trailing blanks and NULs. Raises Invalid by field for what is too long."""
    texts = {name: getattr(details, name).replace("\x00", "").strip() for name in LONGEST}
    errors = {
        name: _("At most %(most)d characters; attach the rest as a file.") % {"most": most}
        for name, most in LONGEST.items()
        if len(texts[name]) > most
    }
    if errors:
        raise Invalid(errors)
    return replace(details, **texts)


def set_developers_task(*, ticket_id: int, actor: Actor, now: datetime, url: str, key: str | None = None) -> Ticket:
    """The ticket with the address of the developers' task, shown to staff only; empty takes it away."""
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="set_developers_task", content=url) as act:
        if not act.repeated:
            actor.require(Permission.TICKET_WORK)
            act.change(developers_task=url.strip())
    return act.ticket
