"""What a change of type and criticality would do to a ticket's reaction deadline."""

from datetime import datetime

from mespace.regulation.core.outlook import deadline_if
from mespace.regulation.queries import parameters_of
from mespace.tickets.clocks import calendars_of, instant
from mespace.tickets.facts import facts_of
from mespace.tickets.lifecycle import ReactionState
from mespace.tickets.queries.ticket import TicketView


def deadline_if_reclassified(view: TicketView, *, ticket_type: str, criticality: str, now: datetime) -> datetime | None:
    """The deadline that the change would put in force at `now` (E2); None when it would move nothing. No statement.

    A deadline that has passed stays broken, so nothing is shown then.
    """
    if view.verdict.reaction.state == ReactionState.BROKEN:
        return None
    code = view.ticket.regulation_edition.code
    facts = facts_of(view.events)
    found = deadline_if(
        facts,
        calendars_of(facts, code),
        parameters_of(code),
        ticket_type=ticket_type,
        criticality=criticality,
        now=max(int(now.timestamp()), view.verdict.as_of),
    )
    return None if found is None else instant(found.due)
