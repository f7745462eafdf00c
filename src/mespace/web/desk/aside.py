"""The ticket's right column: who asks, from where, under which contract, what is known, and what it lacks."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.customers.contract_files import division_files_of
from mespace.customers.entitlement import MOSCOW
from mespace.platform.folding.address import address
from mespace.products.models import KnownError
from mespace.tickets.models import Channel, Outcome
from mespace.tickets.queries.desk_options import Option
from mespace.tickets.queries.desk_ticket import contact_delay
from mespace.tickets.queries.ticket import TicketView
from mespace.web.acts.completeness import lacking
from mespace.web.contracts import file_rows
from mespace.web.desk.offers import form_url
from mespace.web.instants import zone_named

SHOWN_ERRORS = 5


@dataclass(frozen=True)
class Lacking:
    """One thing that the ticket does not say, and where to ask for it in one click ("" for those who only read)."""

    word: str | Promise
    ask_url: str


def aside_of(view: TicketView, errors: list[KnownError]) -> dict[str, Any]:
    """The context of the right column; no statement beyond those of the view, but for files of the contract."""
    ticket = view.ticket
    local = view.now.astimezone(zone_named(ticket.site.time_zone)) if ticket.site else None
    today = view.now.astimezone(MOSCOW).date()
    reads_customers = view.actor.can(Permission.CUSTOMERS_READ) and view.actor.can(Permission.PRODUCTS_READ)
    missing = lacking_of(view) if ticket.is_open_work else []
    return {
        "site_time": local
        if local and local.utcoffset() != view.now.astimezone(timezone.get_current_timezone()).utcoffset()
        else None,
        "reads_customers": reads_customers,
        "division_files": file_rows(division_files_of(ticket.contract_revision)),
        "contract_valid": ticket.contract.is_valid_on(today),
        "contact_delay": contact_delay(ticket.contact_at, ticket.registered_at) if ticket.contact_at else None,
        "known_errors": [
            error for error in errors if getattr(error, "affects", False) or error.pk == ticket.known_error_id
        ][:SHOWN_ERRORS],
        "lacking": missing,
        "ask_all_url": _ask_url(view, "all") if len(missing) > 1 else "",
        "details_url": form_url(view, "details") if view.actor.can(Permission.TICKET_WORK) else "",
    }


def lacking_of(view: TicketView) -> list[Lacking]:
    """What of clause 3.2 the ticket does not say."""
    words = _words(view)
    return [Lacking(word, _ask_url(view, str(number))) for number, word in enumerate(words)]


@dataclass(frozen=True)
class ContactLink:
    """A call or mail that belongs to the ticket; `is_origin`: the ticket was registered from it."""

    url: str
    word: str
    is_origin: bool


def contact_links(options: list[Option]) -> list[ContactLink]:
    """The ticket's contacts, the one that it came from first."""
    found = []
    for option in options:
        channel, _space, outcome = option.label.partition(" ")
        url, word = address("desk_contact", option.pk), str(Channel(channel).label)
        found.append(ContactLink(url, word, outcome == Outcome.REGISTERED))
    return sorted(found, key=lambda each: not each.is_origin)


def questions_text(view: TicketView, asked: str) -> str:
    """The text of a question that asks for what is lacking: everything, or the one thing of that number."""
    words = _words(view)
    if asked.isdecimal():
        words = words[int(asked) : int(asked) + 1] if len(asked) == 1 else []
    if not words:
        return ""
    return "\n".join([_("To find the cause we still need:"), "", *(f"- {word}" for word in words)])


def _words(view: TicketView) -> list[str | Promise]:
    return lacking(view.ticket, has_files=bool(view.files))


def _ask_url(view: TicketView, asked: str) -> str:
    if not view.actor.can(Permission.TICKET_WORK):
        return ""
    return f"{address('ticket', view.ticket.key)}?ask={asked}#answer"
