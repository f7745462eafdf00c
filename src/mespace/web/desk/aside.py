"""The ticket's right column: who asks, from where, under which contract, what is known, and what it lacks."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mespace.accounts.permissions import Permission
from mespace.customers.entitlement import MOSCOW
from mespace.products.models import KnownError
from mespace.tickets.lifecycle import Criticality, TicketType
from mespace.tickets.queries.desk_ticket import contact_delay
from mespace.tickets.queries.ticket import TicketView
from mespace.web.desk.offers import form_url
from mespace.web.instants import zone_named

SHOWN_ERRORS = 5


@dataclass(frozen=True)
class Lacking:
    """One thing that the ticket does not say, and where to ask for it in one click."""

    name: str
    word: str | Promise
    ask_url: str


QUESTIONS: dict[str, tuple[str | Promise, str | Promise]] = {
    "site": (gettext_lazy("site"), gettext_lazy("At which site did it happen?")),
    "build": (gettext_lazy("build"), gettext_lazy("Which build is installed? It is shown in “About the program”.")),
    "what_was_done": (gettext_lazy("what was done"), gettext_lazy("What did you do when it happened, step by step?")),
    "expected": (gettext_lazy("what was expected"), gettext_lazy("What did you expect to happen instead?")),
    "stopped_process": (gettext_lazy("which process has stopped"), gettext_lazy("Which key business process has stopped?")),
    "data": (gettext_lazy("data: pictures, logs"), gettext_lazy("Please attach a screenshot or the log of that time.")),
}


def aside_of(view: TicketView, errors: list[KnownError]) -> dict[str, Any]:
    """The context of the right column; no statement beyond those of the view."""
    ticket = view.ticket
    local = view.now.astimezone(zone_named(ticket.site.time_zone)) if ticket.site else None
    today = view.now.astimezone(MOSCOW).date()
    lacking = lacking_of(view) if ticket.is_open_work else []
    return {
        "site_time": local if local and local.utcoffset() != view.now.astimezone(timezone.get_current_timezone()).utcoffset() else None,
        "contract_valid": ticket.contract.is_valid_on(today),
        "contact_delay": contact_delay(ticket.contact_at, ticket.registered_at) if ticket.contact_at else None,
        "known_errors": [error for error in errors if error.affects or error.pk == ticket.known_error_id][:SHOWN_ERRORS],  # type: ignore[attr-defined]
        "lacking": lacking,
        "ask_all_url": _ask_url(view, [each.name for each in lacking]) if len(lacking) > 1 else "",
        "details_url": form_url(view, "details") if view.actor.can(Permission.TICKET_WORK) else "",
    }


def lacking_of(view: TicketView) -> list[Lacking]:
    """What of clause 3.2 the ticket does not say. A consultation and a change request need less."""
    ticket = view.ticket
    wanted = ["build"]
    if ticket.type != TicketType.CONSULTATION:
        wanted.append("site")
    if ticket.type in {TicketType.BUG, TicketType.INCIDENT}:
        wanted += ["what_was_done", "expected"]
        if not any(entry.files for entry in view.entries):
            wanted.append("data")
    if ticket.criticality == Criticality.CRITICAL:
        wanted.append("stopped_process")
    missing = [name for name in wanted if name == "data" or not getattr(ticket, name)]
    return [Lacking(name, QUESTIONS[name][0], _ask_url(view, [name])) for name in missing]


def questions_text(names: list[str]) -> str:
    """The text of a question that asks for what is lacking; unknown names are left out."""
    lines = [str(QUESTIONS[name][1]) for name in names if name in QUESTIONS]
    if len(lines) < 2:  # noqa: PLR2004 - one question needs no list
        return "".join(lines)
    return _("Please tell us:") + "\n\n" + "\n".join(f"- {line}" for line in lines)


def _ask_url(view: TicketView, names: list[str]) -> str:
    if not view.actor.can(Permission.TICKET_WORK):
        return ""
    return f"{reverse('ticket', args=[view.ticket.key])}?{urlencode({'ask': ','.join(names)})}#answer"
