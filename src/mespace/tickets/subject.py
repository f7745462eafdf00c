"""Tickets as a subject of news."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from mespace.accounts.actor import Actor
from mespace.accounts.subjects import About, Subject, Words
from mespace.tickets.models import Ticket
from mespace.tickets.visibility import TicketQuerySet

TICKET = "ticket"


def visible_tickets(actor: Actor) -> TicketQuerySet:
    """The tickets that the actor sees."""
    return Ticket.objects.visible_to(actor)


def ticket_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """`ZAVOD-42 · its subject`, with the address of the event on the ticket's page; one statement."""
    wanted = {about.subject_id for about in news}
    rows = visible_tickets(actor).filter(pk__in=wanted).values_list("pk", "key", "subject")
    found = {pk: (key, subject) for pk, key, subject in rows}
    return {
        about: Words(f"{key} · {subject}", reverse("ticket", args=[key]) + (f"#e{about.seq}" if about.seq else ""))
        for about in news
        if about.subject_id in found
        for key, subject in [found[about.subject_id]]
    }


SUBJECT = Subject(TICKET, visible_tickets, ticket_words)
