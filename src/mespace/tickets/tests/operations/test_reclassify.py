"""Type and criticality: deadlines are folded in log order (E2)."""

from datetime import UTC, datetime, timedelta

import pytest

from mespace.accounts.actor import Refused
from mespace.tickets.clocks import verdict_of
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.reclassify import reclassify
from mespace.tickets.tests.operations.logs import fresh, kinds, last, log, refused, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVENING = datetime(
    2026, 11, 18, 14, 0, tzinfo=UTC
)  # 17:00 in Moscow: nine working hours after WEDNESDAY's 09:00, less one


def incident(cast: Cast, *, critical: bool = False) -> Ticket:
    return cast.file(type="incident", critical=critical, stopped_process="Отгрузка" if critical else "")


def change(cast: Cast, ticket: Ticket, kind: str, criticality: str, at: datetime, reason: str = "Линия стоит") -> None:
    reclassify(ticket_id=ticket.pk, actor=cast.agent, now=at, ticket_type=kind, criticality=criticality, reason=reason)


def deadlines(ticket: Ticket) -> list[tuple[str, datetime]]:
    given = verdict_of(log(ticket), regulation_code="2019-09-01", as_of=log(ticket)[-1].at)
    return [(one.cause, datetime.fromtimestamp(one.due, UTC)) for one in given.reaction.deadlines]


def test_raised_early_counts_from_the_registration(cast: Cast) -> None:
    ticket = incident(cast)
    assert ticket.reaction_due_at == WEDNESDAY + 8 * HOUR
    change(cast, ticket, "incident", "critical", WEDNESDAY + HOUR)
    ticket = fresh(ticket)
    assert (ticket.criticality, ticket.reaction_due_at) == ("critical", WEDNESDAY + 2 * HOUR)
    event = last(ticket)
    message = Message.objects.get(pk=event.payload["message"])
    assert (message.body, message.kind) == ("Линия стоит", "reason")
    assert {name: event.payload[name] for name in ("type", "criticality", "by")} == {
        "type": "incident", "criticality": "critical", "by": "staff",
    }  # fmt: skip
    assert sound()


def test_raised_late_counts_from_the_change_but_never_beyond_the_deadline_in_force(cast: Cast) -> None:
    ticket = incident(cast)
    change(cast, ticket, "incident", "critical", WEDNESDAY + 3 * HOUR)
    assert fresh(ticket).reaction_due_at == WEDNESDAY + 5 * HOUR
    ticket = incident(cast)
    change(cast, ticket, "incident", "critical", WEDNESDAY + 7 * HOUR)
    assert fresh(ticket).reaction_due_at == WEDNESDAY + 8 * HOUR == EVENING


def test_lowered_counts_from_the_registration(cast: Cast) -> None:
    ticket = incident(cast, critical=True)
    change(cast, ticket, "incident", "non_critical", WEDNESDAY + HOUR)
    assert deadlines(ticket) == [("registered", WEDNESDAY + 2 * HOUR), ("lowered", WEDNESDAY + 8 * HOUR)]


def test_a_deadline_that_had_passed_stays_broken_whatever_follows(cast: Cast) -> None:
    ticket = incident(cast, critical=True)
    change(cast, ticket, "incident", "non_critical", WEDNESDAY + 2 * HOUR + timedelta(seconds=1))
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 3 * HOUR)
    assert fresh(ticket).reaction_state == "broken"
    ticket = incident(cast, critical=True)
    change(cast, ticket, "incident", "non_critical", WEDNESDAY + 2 * HOUR)  # exactly due: in time
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 3 * HOUR)
    assert fresh(ticket).reaction_state == "kept"


def test_another_type_is_a_lowering_and_one_that_becomes_an_incident_starts_non_critical(cast: Cast) -> None:
    ticket = incident(cast, critical=True)
    change(cast, ticket, "bug", "critical", WEDNESDAY + HOUR)
    assert (fresh(ticket).type, fresh(ticket).criticality) == ("bug", "non_critical")
    change(cast, ticket, "incident", "critical", WEDNESDAY + HOUR)
    ticket = fresh(ticket)
    assert (ticket.type, ticket.criticality, ticket.reaction_due_at) == ("incident", "non_critical", EVENING)
    assert [cause for cause, _ in deadlines(ticket)] == ["registered", "lowered"]


def test_after_the_reaction_the_verdict_stands(cast: Cast) -> None:
    ticket = incident(cast)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + 3 * HOUR)
    change(cast, ticket, "incident", "critical", WEDNESDAY + 4 * HOUR)
    ticket = fresh(ticket)
    assert (ticket.criticality, ticket.reaction_state, ticket.reaction_due_at) == ("critical", "kept", EVENING)
    assert sound()


def test_what_is_refused(cast: Cast) -> None:
    ticket = incident(cast)
    refused(ticket, lambda: change(cast, ticket, "rumour", "critical", WEDNESDAY), "type")
    refused(ticket, lambda: change(cast, ticket, "incident", "urgent", WEDNESDAY), "criticality")
    refused(ticket, lambda: change(cast, ticket, "incident", "critical", WEDNESDAY, reason=" "), "reason")
    refused(ticket, lambda: change(cast, ticket, "incident", "non_critical", WEDNESDAY), "")
    bug = cast.file()
    refused(bug, lambda: change(cast, bug, "bug", "critical", WEDNESDAY), "")  # only incidents can be critical
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Closing("solved", "Готово."))
    refused(ticket, lambda: change(cast, ticket, "bug", "non_critical", WEDNESDAY), "")
    with pytest.raises(Refused):
        reclassify(
            ticket_id=bug.pk, actor=cast.engineer, now=WEDNESDAY, ticket_type="incident", criticality="non_critical",
            reason="Так вернее",
        )  # fmt: skip


def propose(cast: Cast, ticket: Ticket, criticality: str, at: datetime, reason: str = "Стоит отгрузка") -> None:
    propose_criticality(ticket_id=ticket.pk, actor=cast.engineer, now=at, criticality=criticality, reason=reason)


# Clause 5.3.
def test_the_clock_runs_on_the_customer_s_proposal_before_the_reaction(cast: Cast) -> None:
    ticket = incident(cast)
    propose(cast, ticket, "critical", WEDNESDAY + HOUR)
    assert fresh(ticket).reaction_due_at == WEDNESDAY + 2 * HOUR
    assert (last(ticket).kind, last(ticket).payload["by"]) == ("reclassified", "customer")


def test_after_the_reaction_a_proposal_alarms_and_moves_no_clock(cast: Cast) -> None:
    ticket = incident(cast)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR)
    propose(cast, ticket, "critical", WEDNESDAY + 2 * HOUR)
    ticket = fresh(ticket)
    assert (ticket.criticality, ticket.reaction_due_at, ticket.status) == ("non_critical", EVENING, "analysis")
    assert set(last(ticket).payload) == {"criticality", "message", "reason_digest"}


def test_a_proposal_in_a_waiting_status_is_a_reaction(cast: Cast) -> None:
    ticket = incident(cast)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY + HOUR, then=Question("Какая модель?"))
    propose(cast, ticket, "critical", WEDNESDAY + 2 * HOUR)
    assert (kinds(ticket)[-2:], fresh(ticket).status) == (["criticality_proposed", "customer_reacted"], "analysis")


def test_what_a_customer_may_not_propose(cast: Cast) -> None:
    bug, ticket = cast.file(), incident(cast)
    refused(bug, lambda: propose(cast, bug, "critical", WEDNESDAY), "")
    refused(ticket, lambda: propose(cast, ticket, "urgent", WEDNESDAY), "criticality")
    refused(ticket, lambda: propose(cast, ticket, "non_critical", WEDNESDAY), "criticality")
    refused(ticket, lambda: propose(cast, ticket, "critical", WEDNESDAY, reason=""), "reason")
    with pytest.raises(Refused):
        propose_criticality(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, criticality="critical", reason="Так")
