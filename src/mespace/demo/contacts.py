"""Calls and mails of the last days, and what became of them."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from mespace.accounts.actor import TIMER
from mespace.demo.world import World
from mespace.tickets.models import Contact, Ticket
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations.attach_contact import attach_contact
from mespace.tickets.operations.dismiss_contact import dismiss_contact
from mespace.tickets.operations.log_contact import NewContact, log_contact

MINUTES_TO_NOTE = 4


def note_contacts(world: World, *, now: datetime) -> int:
    """How many were noted."""
    text = files("mespace.demo").joinpath("data/contacts.toml").read_text("utf-8")
    rows = tomllib.loads(text)["contact"]
    for row in rows:
        _note(world, row, now=now)
    return len(rows)


def _note(world: World, row: dict[str, Any], *, now: datetime) -> None:
    at = now - timedelta(hours=row["ago"])
    noted_at = at + timedelta(minutes=MINUTES_TO_NOTE)
    agent = world.person(row["by"]).actor if "by" in row else TIMER
    person = world.person(row["person"]) if "person" in row else None
    of_customer = world.person(row["customer"]).actor.customer_id if "customer" in row else None
    caller = Caller(
        person_id=person.user.pk if person else None,
        customer_id=of_customer,
        name=row.get("name", person.user.full_name if person and row["channel"] == "mail" else ""),
        phone=row.get("phone", ""),
        address=row.get("address", person.user.email if person and row["channel"] == "mail" else ""),
    )
    new = NewContact(row["channel"], at, row["said"], caller=caller, subject=row.get("subject", ""))
    contact = log_contact(actor=agent, now=noted_at, new=new)
    if "dismissed" in row:
        dismiss_contact(actor=agent, now=noted_at, contact_id=contact.pk, reason=row["dismissed"])
    elif row.get("attached"):
        _attach(contact, agent_name=row["by"], world=world, now=noted_at)


def _attach(contact: Contact, *, agent_name: str, world: World, now: datetime) -> None:
    ticket = Ticket.objects.filter(customer=contact.customer, registered_at__lt=contact.at).order_by("-pk").first()
    if ticket is not None:
        attach_contact(actor=world.person(agent_name).actor, now=now, contact_id=contact.pk, key=ticket.key)
