"""The evidence bundle: no word and no name in it, the same for both sides, only for those who see the ticket."""

import json
from datetime import timedelta

import pytest

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Role
from mespace.tickets.errors import TicketNotFound
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Proposal
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.accept_solution import accept_solution
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.queries.evidence import bundle
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(hours=3)
WORDS = ("Лента", "кончилась", "сервисный", "Замените")


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    ticket = cast.file(subject="Лента", description="Лента кончилась")
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("сервисный пароль", internal=True))
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Proposal("Замените ленту"))
    accept_solution(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + timedelta(hours=1))
    return ticket


def test_it_holds_no_text_and_no_name(cast: Cast, ticket: Ticket) -> None:
    text = json.dumps(bundle(actor=cast.engineer, key=ticket.key, as_of=NOW)["events"], ensure_ascii=False)
    assert not any(word in text for word in WORDS)
    assert not any(user.full_name in text or user.email in text for user in cast.users.values())


def test_it_is_the_same_for_both_sides(cast: Cast, ticket: Ticket) -> None:
    made = [bundle(actor=cast.actors[name], key=ticket.key, as_of=NOW) for name in ("engineer", "agent", "auditor")]
    assert made[0] == made[1] == made[2]
    assert made[0]["head"] == {"seq": len(made[0]["events"]), "hash": made[0]["events"][-1]["hash"]}


def test_who_gets_none(cast: Cast, ticket: Ticket) -> None:
    for name in ("stranger", "contractor", "administrator"):
        with pytest.raises(TicketNotFound):
            bundle(actor=cast.actors[name], key=ticket.key, as_of=NOW)
    reader = Actor(cast.agent.user_id, frozenset({Role.AGENT}), permissions=cast.agent.permissions - {"bundle.export"})
    with pytest.raises(Refused):
        bundle(actor=reader, key=ticket.key, as_of=NOW)


def test_asked_for_an_instant_before_its_last_event_it_is_as_of_that_event(cast: Cast, ticket: Ticket) -> None:
    assert bundle(actor=cast.engineer, key=ticket.key, as_of=WEDNESDAY)["as_of"] == "2026-11-18T07:00:00Z"
