"""A ticket's clocks: the verdict of its log, and the columns that project it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mespace.regulation.core.facts import Fact, Moved, Receipt, Registered, Repinned, TermOpened
from mespace.regulation.core.verdict import Verdict, verdict
from mespace.regulation.core.working_time import WorkingCalendar
from mespace.regulation.queries import compiled, parameters_of
from mespace.tickets.events import CLOCKLESS, Kind
from mespace.tickets.facts import LogEvent, facts_of
from mespace.tickets.lifecycle import WAITING, Status

if TYPE_CHECKING:
    from mespace.tickets.models import Ticket

RANK_REACTION, RANK_SUPPORT, RANK_WAITING, RANK_CLOSED = range(4)


def calendars_of(facts: Sequence[Fact], regulation_code: str) -> dict[str, WorkingCalendar]:
    """The compiled calendar of each edition that the facts name."""
    codes = {fact.calendar for fact in facts if isinstance(fact, Registered | TermOpened | Repinned)}
    return {code: compiled(code, regulation_code) for code in codes}


def verdict_of(events: Iterable[LogEvent], *, regulation_code: str, as_of: datetime) -> Verdict:
    """The verdict of a ticket's events as things stood at `as_of`."""
    facts = facts_of(events)
    return verdict(facts, calendars_of(facts, regulation_code), parameters_of(regulation_code), int(as_of.timestamp()))


def project(ticket: "Ticket", events: Sequence[LogEvent], *, regulation_code: str) -> Verdict:
    """Set the ticket's clock columns from its whole log, as of its last event that touches a clock; the verdict.

    After any other event nothing is projected, so a reaction that came due meanwhile stays `running` in its column:
    whoever asks compares the due instant with the present.
    """
    facts = facts_of(events)
    last = next(event for event in reversed(events) if event.kind not in CLOCKLESS)
    given = verdict(
        facts, calendars_of(facts, regulation_code), parameters_of(regulation_code), int(last.at.timestamp())
    )
    ticket.reaction_state = given.reaction.state
    ticket.reaction_due_at = instant(given.reaction.due)
    ticket.reacted_at = _maybe(given.reaction.reacted_at)
    term = given.running_term
    ticket.term = max((each.term for each in given.terms), default=0)
    if term is None:
        ticket.term_opened_at = ticket.term_received_at = ticket.term_due_at = ticket.wake_at = None
        ticket.term_evidence = ""
        ticket.term_reminded = False
    else:
        recorded = any(isinstance(fact, Receipt) and fact.term == term.term for fact in facts)
        ticket.term_opened_at = instant(term.opened_at)
        ticket.term_received_at = _maybe(term.received_at) if recorded else None
        ticket.term_evidence = (term.evidence or "") if recorded else ""
        ticket.term_due_at = instant(term.due)
        ticket.term_reminded = any(
            event.kind == Kind.REMINDED and event.payload["term"] == term.term for event in events
        )
        # A corrected calendar may put an instant into the past: a timer never acts before the correction.
        if not recorded:
            wake = term.presumed_at
        elif not ticket.term_reminded:
            wake = term.reminder_at
        else:
            wake = term.due
        ticket.wake_at = instant(max(wake, term.not_before))
    moves = [fact for fact in facts if isinstance(fact, Moved)]
    ticket.status_since = instant(moves[-1].at)
    set_time(ticket, facts, given)
    _queue(ticket)
    return given


def set_time(ticket: "Ticket", facts: Sequence[Fact], given: Verdict) -> None:
    """Set the columns of whose ball it was up to the verdict's instant, and by which calendar the rest is split."""
    ticket.time_vendor, ticket.time_customer = given.time.vendor, given.time.customer
    ticket.time_third_party, ticket.time_outside = given.time.third_party, given.time.outside
    ticket.time_to = instant(given.as_of)
    named = [fact for fact in facts if isinstance(fact, Registered | TermOpened | Repinned)]
    ticket.time_calendar = named[-1].calendar


def _queue(ticket: "Ticket") -> None:
    """Where the ticket stands in the desk's queue: a due instant orders as the working time left to it does."""
    if ticket.status == Status.OPEN:
        ticket.queue_rank, ticket.queue_at = RANK_REACTION, ticket.reaction_due_at
    elif ticket.status == Status.CLOSED:
        ticket.queue_rank, ticket.queue_at = RANK_CLOSED, ticket.status_since
    elif ticket.status in WAITING:
        ticket.queue_rank, ticket.queue_at = RANK_WAITING, ticket.term_due_at or ticket.status_since
    else:
        ticket.queue_rank, ticket.queue_at = RANK_SUPPORT, ticket.status_since


def instant(epoch: int) -> datetime:
    """An aware UTC instant from epoch seconds."""
    return datetime.fromtimestamp(epoch, UTC)


def _maybe(epoch: int | None) -> datetime | None:
    return None if epoch is None else instant(epoch)


__all__ = ["calendars_of", "facts_of", "instant", "project", "verdict_of"]
