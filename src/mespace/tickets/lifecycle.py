"""The statuses of a ticket and the moves between them: one table for guards, trigger, buttons and docs.

Clause 4.1: whatever is not in the table does not happen to a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Status(models.TextChoices):
    """Where a ticket stands (section 2 of the regulation's table)."""

    OPEN = "open", pgettext_lazy("status", "Open")
    ANALYSIS = "analysis", pgettext_lazy("status", "Analysis")
    IN_PROGRESS = "in_progress", pgettext_lazy("status", "In progress")
    SCHEDULED = "scheduled", pgettext_lazy("status", "Scheduled")
    INFO_REQUESTED = "info_requested", pgettext_lazy("status", "Information requested")
    SOLUTION_PROPOSED = "solution_proposed", pgettext_lazy("status", "Solution proposed")
    SUSPENDED = "suspended", pgettext_lazy("status", "Suspended")
    CLOSED = "closed", pgettext_lazy("status", "Closed")


class TicketType(models.TextChoices):
    """What a ticket is about."""

    CONSULTATION = "consultation", pgettext_lazy("type", "Consultation")
    BUG = "bug", pgettext_lazy("type", "Bug")
    INCIDENT = "incident", pgettext_lazy("type", "Incident")
    CHANGE_REQUEST = "change_request", pgettext_lazy("type", "Change request")


class Criticality(models.TextChoices):
    """Only incidents can be critical."""

    CRITICAL = "critical", pgettext_lazy("criticality", "Critical")
    NON_CRITICAL = "non_critical", pgettext_lazy("criticality", "Non-critical")


class Resolution(models.TextChoices):
    """How a ticket was closed."""

    SOLVED = "solved", pgettext_lazy("resolution", "Solved")
    CONSULTATION = "consultation", pgettext_lazy("resolution", "Answered by consultation")
    KNOWN_ERROR = "known_error", pgettext_lazy("resolution", "Known error")
    THIRD_PARTY = "third_party", pgettext_lazy("resolution", "Another vendor must act")
    DUPLICATE = "duplicate", pgettext_lazy("resolution", "Duplicate")
    DECLINED = "declined", pgettext_lazy("resolution", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "Withdrawn")


class WaitingFor(models.TextChoices):
    """Who must act while a ticket is suspended."""

    CUSTOMER = "customer", pgettext_lazy("waiting for", "the customer")
    THIRD_PARTY = "third_party", pgettext_lazy("waiting for", "a third party")


class ReactionState(models.TextChoices):
    """The reaction's verdict."""

    RUNNING = "running", pgettext_lazy("reaction", "running")
    KEPT = "kept", pgettext_lazy("reaction", "in time")
    BROKEN = "broken", pgettext_lazy("reaction", "late")
    WITHDRAWN = "withdrawn", pgettext_lazy("reaction", "withdrawn before the reaction")


S = Status
WORKING = frozenset({S.ANALYSIS, S.IN_PROGRESS, S.SCHEDULED})
WAITING = frozenset({S.INFO_REQUESTED, S.SOLUTION_PROPOSED, S.SUSPENDED})
NOT_CLOSED = frozenset(S) - {S.CLOSED}
STAFF_RESOLUTIONS = frozenset(Resolution) - {Resolution.WITHDRAWN}


class Side(StrEnum):
    """Who makes a move."""

    STAFF = "staff"
    CUSTOMER = "customer"
    TIMER = "timer"


class Verb(StrEnum):
    """Every move, named as its operation."""

    ACCEPT = "accept"
    ACCEPT_SOLUTION = "accept_solution"
    ASK_CUSTOMER = "ask_customer"
    CLOSE = "close"
    CUSTOMER_REACTS = "customer_reacts"
    PROPOSE_SOLUTION = "propose_solution"
    RECORD_CUSTOMER_REACTION = "record_customer_reaction"
    REOPEN = "reopen"
    RESUME_ANALYSIS = "resume_analysis"
    RETRACT = "retract"
    SCHEDULE = "schedule"
    START_WORK = "start_work"
    SUSPEND = "suspend"
    SUSPEND_UNANSWERED = "suspend_unanswered"
    UNDO_DUPLICATE = "undo_duplicate"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """One arrow: a verb of one side from any of some statuses to one status."""

    verb: Verb
    side: Side
    sources: frozenset[Status]
    target: Status
    label: _StrPromise
    why: _StrPromise


MOVES: tuple[Move, ...] = (
    Move(
        Verb.ACCEPT,
        Side.STAFF,
        frozenset({S.OPEN}),
        S.ANALYSIS,
        pgettext_lazy("move", "Accept"),
        _("support takes the request: this is the reaction"),
    ),
    Move(
        Verb.START_WORK,
        Side.STAFF,
        WORKING - {S.IN_PROGRESS},
        S.IN_PROGRESS,
        pgettext_lazy("move", "Start work"),
        _("the work itself begins"),
    ),
    Move(
        Verb.RESUME_ANALYSIS,
        Side.STAFF,
        WORKING - {S.ANALYSIS},
        S.ANALYSIS,
        pgettext_lazy("move", "Back to analysis"),
        _("the cause must be looked at again"),
    ),
    Move(
        Verb.SCHEDULE,
        Side.STAFF,
        WORKING,
        S.SCHEDULED,
        pgettext_lazy("move", "Schedule"),
        _("a fix or change is planned for a version or build, with a date"),
    ),
    Move(
        Verb.ASK_CUSTOMER,
        Side.STAFF,
        WORKING | WAITING,
        S.INFO_REQUESTED,
        pgettext_lazy("move", "Ask"),
        _("a question to the customer; its term starts"),
    ),
    Move(
        Verb.PROPOSE_SOLUTION,
        Side.STAFF,
        WORKING | WAITING,
        S.SOLUTION_PROPOSED,
        pgettext_lazy("move", "Propose a solution"),
        _("an answer to the customer; its term starts"),
    ),
    Move(
        Verb.SUSPEND,
        Side.STAFF,
        WORKING,
        S.SUSPENDED,
        pgettext_lazy("move", "Suspend"),
        _("at a customer person's request, or because another vendor must act"),
    ),
    Move(
        Verb.SUSPEND_UNANSWERED,
        Side.TIMER,
        frozenset({S.INFO_REQUESTED, S.SOLUTION_PROPOSED}),
        S.SUSPENDED,
        pgettext_lazy("move", "Suspended without an answer"),
        _("the term ended without a reaction (clause 5.5)"),
    ),
    Move(
        Verb.RETRACT,
        Side.STAFF,
        WAITING,
        S.ANALYSIS,
        pgettext_lazy("move", "Take back"),
        _("the question, the proposal or the suspension is taken back, with a reason"),
    ),
    Move(
        Verb.RECORD_CUSTOMER_REACTION,
        Side.STAFF,
        WAITING,
        S.ANALYSIS,
        pgettext_lazy("move", "Record a reaction"),
        _("a customer's person reacted by phone: who said what"),
    ),
    Move(
        Verb.CUSTOMER_REACTS,
        Side.CUSTOMER,
        WAITING,
        S.ANALYSIS,
        pgettext_lazy("move", "Answer"),
        _("any reaction of the customer returns the request to analysis"),
    ),
    Move(
        Verb.ACCEPT_SOLUTION,
        Side.CUSTOMER,
        frozenset({S.SOLUTION_PROPOSED, S.SUSPENDED}),
        S.CLOSED,
        pgettext_lazy("move", "Accept the solution"),
        _("the proposal is accepted: solved; also one whose term had ended"),
    ),
    Move(Verb.CLOSE, Side.STAFF, WORKING | WAITING, S.CLOSED, pgettext_lazy("move", "Close"), _("with a resolution")),
    Move(
        Verb.WITHDRAW,
        Side.CUSTOMER,
        NOT_CLOSED,
        S.CLOSED,
        pgettext_lazy("move", "Withdraw"),
        _("the customer no longer needs it"),
    ),
    Move(
        Verb.REOPEN,
        Side.CUSTOMER,
        frozenset({S.CLOSED}),
        S.ANALYSIS,
        pgettext_lazy("move", "Reopen"),
        _("within the term after closing, while entitled"),
    ),
    Move(
        Verb.UNDO_DUPLICATE,
        Side.STAFF,
        frozenset({S.CLOSED}),
        S.ANALYSIS,
        pgettext_lazy("move", "Undo duplicate"),
        _("staff were mistaken about a duplicate"),
    ),
)
BY_VERB = {move.verb: move for move in MOVES}


class IllegalMove(Exception):
    """The ticket's status does not allow the move (409); names those that it allows."""

    def __init__(self, verb: Verb, status: str, allowed: list[Verb]) -> None:
        self.verb, self.status, self.allowed = verb, Status(status), allowed
        names = ", ".join(sorted(allowed)) or "none"
        super().__init__(f"{verb} is not possible from {status}; allowed: {names}")


def moves_from(status: str, side: Side) -> list[Move]:
    """The moves that a side has from a status, in the table's order."""
    return [move for move in MOVES if move.side is side and status in move.sources]


def check_move(verb: Verb, status: str) -> Move:
    """The move of `verb`.

    Raises IllegalMove, naming what the same side may do, unless `status` is one of its sources.
    """
    move = BY_VERB[verb]
    if status not in move.sources:
        raise IllegalMove(verb, status, [other.verb for other in moves_from(status, move.side)])
    return move


def status_changes() -> list[tuple[str, str]]:
    """Every pair (from, to) that some move makes; what the database's trigger allows."""
    return sorted(
        {(source.value, move.target.value) for move in MOVES for source in move.sources if source != move.target}
    )
