"""Whoever types a ticket's key means the ticket."""

import re

from django.http import HttpResponseRedirect
from django.urls import reverse

from mespace.accounts.actor import Actor
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.queries.ticket import ticket_id_of

KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{1,11}-[1-9][0-9]{0,8}\Z")


def redirect_to_key(actor: Actor, text: str) -> HttpResponseRedirect | None:
    """The way to the ticket when the text is the key of one that the actor sees; else None."""
    if not KEY.match(text):
        return None
    try:
        ticket_id_of(actor=actor, key=text)
    except TicketNotFound:
        return None
    return HttpResponseRedirect(reverse("ticket", args=[text.upper()]))
