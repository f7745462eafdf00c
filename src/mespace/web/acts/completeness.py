"""What a ticket lacks of clause 3.2's fields: visible, asked for in a click, never a reason to refuse it (7.2)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mespace.tickets.lifecycle import TicketType
from mespace.tickets.models import Ticket

_TROUBLE = frozenset({TicketType.BUG, TicketType.INCIDENT})


def lacking(ticket: Ticket, *, has_files: bool) -> list[str | Promise]:
    """Names of what would help and is not there; no statement for a ticket with its place joined."""
    found: list[str | Promise] = []
    trouble = ticket.type in _TROUBLE
    if ticket.build_id is None and ticket.type != TicketType.CHANGE_REQUEST:
        found.append(_("the build"))
    if ticket.site_id is None and ticket.type != TicketType.CONSULTATION:
        found.append(_("the site"))
    if trouble and ticket.area_id is None:
        found.append(_("the area or work center"))
    if trouble and not ticket.what_was_done:
        found.append(_("what was done when it happened"))
    if trouble and not ticket.expected:
        found.append(_("what was expected"))
    if trouble and not has_files:
        found.append(_("a screenshot, log or other data"))
    return found
