"""A row of the customer's list: whose move it is and by when, read from the ticket's own columns."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import Ticket
from mespace.tickets.queries.desk_clock import is_provisional


@dataclass(frozen=True)
class Row:
    """A ticket and what its row says."""

    ticket: Ticket
    party: str
    move: str
    due: datetime | None
    on: date | None
    is_late: bool
    is_ours: bool
    is_unread: bool
    is_provisional: bool


def row_of(ticket: Ticket, *, actor: Actor, now: datetime) -> Row:
    """The row at `now`, for a ticket with `read_seq` annotated; no statement once the calendar is compiled."""
    party, move, due, on = _move(ticket)
    return Row(
        ticket=ticket,
        party=party,
        move=move,
        due=due,
        on=on,
        is_late=due is not None and due < now,
        is_ours=party == "customer",
        is_unread=_is_unread(ticket, actor),
        is_provisional=due is not None and due > now and is_provisional(ticket, due),
    )


def _move(ticket: Ticket) -> tuple[str, str, datetime | None, date | None]:
    match ticket.status:
        case Status.OPEN:
            return "vendor", _("support is to react"), ticket.reaction_due_at, None
        case Status.INFO_REQUESTED:
            return "customer", _("answer the question"), ticket.term_due_at, None
        case Status.SOLUTION_PROPOSED:
            return "customer", _("check the solution"), ticket.term_due_at, None
        case Status.SUSPENDED if ticket.waiting_for == "third_party":
            return "third_party", _("another vendor must act"), None, None
        case Status.SUSPENDED:
            return "customer", _("reply when you can"), None, None
        case Status.SCHEDULED:
            return "vendor", _("planned for %(target)s") % {"target": ticket.planned_target}, None, ticket.planned_on
        case Status.CLOSED:
            return "nobody", "", None, None
    return "vendor", _("support works on it"), None, None


def _is_unread(ticket: Ticket, actor: Actor) -> bool:
    """News after what the person was shown; a request they never opened is news only if it is theirs to answer."""
    read_seq: int | None = ticket.read_seq  # type: ignore[attr-defined]
    if read_seq is None:
        return actor.user_id in {ticket.holder_id, ticket.requester_id}
    return ticket.public_version > read_seq
