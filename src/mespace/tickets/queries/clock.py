"""The clock ledger and whose ball it is, for one ticket; the same for both sides."""

from dataclasses import dataclass
from datetime import datetime

from mespace.regulation.core.clock_ledger import LedgerRow, reaction_ledger, shortened, term_ledger
from mespace.regulation.core.outlook import deadline_if
from mespace.regulation.core.reaction import Deadline
from mespace.regulation.core.terms import TermVerdict
from mespace.regulation.queries import parameters_of
from mespace.tickets.clocks import calendars_of
from mespace.tickets.facts import facts_of
from mespace.tickets.lifecycle import Criticality, ReactionState, TicketType
from mespace.tickets.queries.ticket import TicketView

KEPT_ROWS = 12


@dataclass(frozen=True)
class ClockPage:
    """The rows of the reaction clock and of each term, and what would move the deadline."""

    reaction: tuple[LedgerRow, ...]
    terms: tuple[tuple[TermVerdict, tuple[LedgerRow, ...]], ...]
    if_critical: Deadline | None
    if_non_critical: Deadline | None


def clock_page(view: TicketView, *, now: datetime) -> ClockPage:
    """The clock ledger of a ticket at `now`; no statement beyond those of the view."""
    code = view.ticket.regulation_edition.code
    facts = facts_of(view.events)
    calendars = calendars_of(facts, code)
    parameters = parameters_of(code)
    as_of = view.verdict.as_of

    def if_criticality(criticality: Criticality) -> Deadline | None:
        if view.ticket.criticality == criticality or view.verdict.reaction.state == ReactionState.BROKEN:
            return None
        return deadline_if(
            facts,
            calendars,
            parameters,
            ticket_type=TicketType.INCIDENT,
            criticality=criticality,
            now=max(int(now.timestamp()), as_of),
        )

    is_incident = view.ticket.type == TicketType.INCIDENT
    return ClockPage(
        reaction=shortened(reaction_ledger(view.verdict.reaction, calendars), keep=KEPT_ROWS),
        terms=tuple(
            (term, shortened(term_ledger(term, calendars, as_of), keep=KEPT_ROWS)) for term in view.verdict.terms
        ),
        if_critical=if_criticality(Criticality.CRITICAL) if is_incident else None,
        if_non_critical=if_criticality(Criticality.NON_CRITICAL) if is_incident else None,
    )
