"""Every verb from every status by every role: done, or refused with the right refusal, and then nothing is written.

Clause 4.1: nothing else changes a request.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mespace.accounts.actor import Actor, Refused
from mespace.ledger.models import Event
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.lifecycle import BY_VERB, MOVES, IllegalMove, Side, Status, Verb
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Closing, Plan, Proposal, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.ask_customer import ask_customer
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.close import close
from mespace.tickets.operations.customer_reacts import Reaction, customer_reacts
from mespace.tickets.operations.propose_solution import propose_solution
from mespace.tickets.operations.record_customer_reaction import record_customer_reaction
from mespace.tickets.operations.reopen import reopen
from mespace.tickets.operations.resume_analysis import resume_analysis
from mespace.tickets.operations.retract import retract
from mespace.tickets.operations.schedule import schedule
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.suspend import Suspension, suspend
from mespace.tickets.operations.undo_duplicate import undo_duplicate
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.queries.verification import Difference, differences
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NOW = WEDNESDAY + 3 * HOUR
KINDS = {
    Verb.ACCEPT: "accepted",
    Verb.ACCEPT_SOLUTION: "solution_accepted",
    Verb.ASK_CUSTOMER: "asked",
    Verb.CLOSE: "closed",
    Verb.CUSTOMER_REACTS: "customer_reacted",
    Verb.PROPOSE_SOLUTION: "proposed",
    Verb.RECORD_CUSTOMER_REACTION: "reaction_recorded",
    Verb.REOPEN: "reopened",
    Verb.RESUME_ANALYSIS: "analysis_resumed",
    Verb.RETRACT: "retracted",
    Verb.SCHEDULE: "scheduled",
    Verb.START_WORK: "work_started",
    Verb.SUSPEND: "suspended",
    Verb.UNDO_DUPLICATE: "duplicate_undone",
    Verb.WITHDRAW: "withdrawn",
}
BY_PERSON = [move.verb for move in MOVES if move.side is not Side.TIMER]
STATES = [*Status.values, "closed as duplicate"]


def do(verb: Verb, cast: Cast, ticket: Ticket, actor: Actor, now: datetime) -> object:
    common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": actor, "now": now}
    calls: dict[Verb, Callable[[], object]] = {
        Verb.ACCEPT: lambda: accept(**common),
        Verb.ACCEPT_SOLUTION: lambda: accept_solution(**common),
        Verb.ASK_CUSTOMER: lambda: ask_customer(**common, question=Question("Какая модель?")),
        Verb.CLOSE: lambda: close(**common, closing=Closing("solved", "Готово.")),
        Verb.CUSTOMER_REACTS: lambda: customer_reacts(**common, reaction=Reaction("ZT410")),
        Verb.PROPOSE_SOLUTION: lambda: propose_solution(**common, proposal=Proposal("Перезапустите.")),
        Verb.RECORD_CUSTOMER_REACTION: lambda: record_customer_reaction(
            **common, by_person_id=cast.engineer.user_id, said="Не помогло"
        ),
        Verb.REOPEN: lambda: reopen(**common, reason="Снова не печатает"),
        Verb.RESUME_ANALYSIS: lambda: resume_analysis(**common),
        Verb.RETRACT: lambda: retract(**common, reason="Вопрос снят"),
        Verb.SCHEDULE: lambda: schedule(**common, plan=Plan("4.13.0", date(2026, 12, 20))),
        Verb.START_WORK: lambda: start_work(**common),
        Verb.SUSPEND: lambda: suspend(**common, suspension=Suspension("third_party", "Ждём Принт-Сервис")),
        Verb.UNDO_DUPLICATE: lambda: undo_duplicate(**common, reason="Другая причина"),
        Verb.WITHDRAW: lambda: withdraw(**common),
    }
    return calls[verb]()


def in_state(cast: Cast, state: str) -> Ticket:
    """A ticket brought into the state by the operations."""
    ticket = cast.file()
    other = cast.file(subject="Другое") if state == "closed as duplicate" else ticket
    common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": cast.agent, "now": WEDNESDAY + HOUR}
    ways: dict[str, Callable[[], object]] = {
        "open": lambda: None,
        "analysis": lambda: accept(**common),
        "in_progress": lambda: (accept(**common), start_work(**common)),
        "scheduled": lambda: (accept(**common), schedule(**common, plan=Plan("5", date(2026, 12, 1)))),
        "info_requested": lambda: accept(**common, then=Question("Какая?")),
        "solution_proposed": lambda: accept(**common, then=Proposal("Так.")),
        "suspended": lambda: (accept(**common), suspend(**common, suspension=Suspension("third_party", "Ждём"))),
        "closed": lambda: accept(**common, then=Closing("solved", "Готово.")),
        "closed as duplicate": lambda: accept(**common, then=Closing("duplicate", duplicate_of=other.key)),
    }
    ways[state]()
    ticket.refresh_from_db()
    return ticket


@pytest.mark.parametrize("verb", BY_PERSON)
@pytest.mark.parametrize("state", STATES)
def test_a_verb_moves_only_from_its_statuses(cast: Cast, state: str, verb: Verb) -> None:
    ticket = in_state(cast, state)
    move = BY_VERB[verb]
    actor = cast.agent if move.side is Side.STAFF else cast.engineer
    before = Event.objects.filter(stream=ticket.stream_id).count()
    possible = ticket.status in move.sources
    if verb is Verb.UNDO_DUPLICATE and state == "closed":
        from mespace.tickets.errors import Invalid

        with pytest.raises(Invalid):
            do(verb, cast, ticket, actor, NOW)
        return
    if verb is Verb.ACCEPT_SOLUTION and state == "suspended":  # suspended by hand: there is no proposal to accept
        possible = False
    if possible:
        do(verb, cast, ticket, actor, NOW)
        ticket.refresh_from_db()
        assert ticket.status == move.target
        kinds = list(Event.objects.filter(stream=ticket.stream_id).order_by("seq").values_list("kind", flat=True))
        assert KINDS[verb] in kinds[before:]
    else:
        with pytest.raises(IllegalMove) as refusal:
            do(verb, cast, ticket, actor, NOW)
        assert verb not in refusal.value.allowed
        assert Event.objects.filter(stream=ticket.stream_id).count() == before
    assert [item for item in differences() if isinstance(item, Difference)] == []


OUTSIDERS = ["stranger", "administrator", "contractor"]


@pytest.mark.parametrize("verb", BY_PERSON)
@pytest.mark.parametrize("name", [*OUTSIDERS, "manager", "director", "auditor", "agent", "engineer"])
def test_a_verb_is_refused_to_everybody_else(cast: Cast, verb: Verb, name: str) -> None:
    move = BY_VERB[verb]
    state = min(move.sources) if verb is not Verb.UNDO_DUPLICATE else "closed as duplicate"
    if verb is Verb.ACCEPT_SOLUTION:
        state = "solution_proposed"
    ticket = in_state(cast, state)
    if name == ("agent" if move.side is Side.STAFF else "engineer"):
        do(verb, cast, ticket, cast.actors[name], NOW)
        return
    before = Event.objects.filter(stream=ticket.stream_id).count()
    with pytest.raises(TicketNotFound if name in OUTSIDERS else Refused):
        do(verb, cast, ticket, cast.actors[name], NOW)
    assert Event.objects.filter(stream=ticket.stream_id).count() == before


def test_a_contractor_works_on_what_is_assigned_to_them_and_on_nothing_else(cast: Cast) -> None:
    ticket, other = cast.file(), cast.file(subject="Другое")
    assign(ticket_id=ticket.pk, actor=cast.agent, now=NOW, to_user_id=cast.contractor.user_id)
    accept(ticket_id=ticket.pk, actor=cast.contractor, now=NOW)
    with pytest.raises(TicketNotFound):
        accept(ticket_id=other.pk, actor=cast.contractor, now=NOW)


def test_the_database_refuses_a_move_outside_the_table(cast: Cast) -> None:
    from django.db import ProgrammingError, transaction

    ticket = cast.file()
    for status in ("in_progress", "scheduled", "info_requested", "solution_proposed"):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Ticket.objects.filter(pk=ticket.pk).update(status=status)
