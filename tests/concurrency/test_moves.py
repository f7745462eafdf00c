"""Several people and timers at one ticket at the same instant: one wins, nobody overwrites, no chain forks."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mespace.accounts.actor import TIMER
from mespace.ledger.models import Event
from mespace.tickets.errors import Invalid
from mespace.tickets.lifecycle import IllegalMove
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.link import link
from mespace.tickets.operations.settle import due_tickets, settle_ticket
from mespace.tickets.operations.start_work import start_work
from mespace.tickets.operations.withdraw import withdraw
from tests.cast import WEDNESDAY, Cast, make_cast
from tests.concurrency.parallel import at_once, no_differences

HOUR = timedelta(hours=1)
END = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # of the term of a question asked on WEDNESDAY and never read


def status(ticket: Ticket) -> str:
    ticket.refresh_from_db()
    return ticket.status


def asked(cast: Cast) -> Ticket:
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
    return ticket


def test_twenty_accept_and_exactly_one_does(own_database: Any) -> None:
    cast = make_cast()
    ticket = cast.file()
    agents = [cast.agent, cast.second_agent] * 10
    calls = [lambda actor=actor: accept(ticket_id=ticket.pk, actor=actor, now=WEDNESDAY + HOUR).key for actor in agents]  # type: ignore[misc]
    answers = at_once(calls)
    assert Counter(type(answer) for answer in answers) == {str: 1, IllegalMove: 19}
    assert Event.objects.filter(stream_id=ticket.stream_id, kind="accepted").count() == 1
    no_differences()


@pytest.mark.parametrize("late", [0, 1, 300])
def test_the_sweep_against_a_reply_leaves_nothing_paused(own_database: Any, late: int) -> None:
    """At the due instant a reply is in time; after it the ticket is suspended and woken, whoever comes first."""
    cast = make_cast()
    tickets = [asked(cast) for _ in range(6)]
    now = END + timedelta(seconds=late)
    calls = []
    for ticket in tickets:
        calls.append(lambda pk=ticket.pk: settle_ticket(ticket_id=pk, now=now).key)  # type: ignore[misc]
        calls.append(
            lambda pk=ticket.pk: comment(ticket_id=pk, actor=cast.engineer, now=now, remark=Remark("ZT410")).key
        )  # type: ignore[misc]
        calls.append(lambda pk=ticket.pk: settle_ticket(ticket_id=pk, now=now).key)  # type: ignore[misc]
    assert {type(answer) for answer in at_once(calls)} == {str}
    for ticket in tickets:
        assert status(ticket) == "analysis"
        kinds = Event.objects.filter(stream_id=ticket.stream_id).order_by("seq").values_list("kind", flat=True)
        ends = ["suspended_unanswered"] if late else []
        assert list(kinds)[4:] == ["receipt", "reminded", *ends, "customer_reacted"]
    no_differences()


def test_two_sweeps_at_once_write_each_fact_once(own_database: Any) -> None:
    cast = make_cast()
    tickets = [asked(cast) for _ in range(5)]
    now = END + HOUR

    def sweep() -> int:
        return len([settle_ticket(ticket_id=pk, now=now) for pk in due_tickets(now=now)])

    answers = at_once([sweep] * 4)
    assert all(isinstance(answer, int) for answer in answers)
    for ticket in tickets:
        assert status(ticket) == "suspended"
        assert Event.objects.filter(stream_id=ticket.stream_id).count() == 7
    no_differences()


def test_many_writers_on_one_ticket_keep_the_chain_linear(own_database: Any) -> None:
    cast = make_cast()
    ticket = cast.file()
    people = [cast.engineer, cast.colleague, cast.agent, cast.second_agent] * 6
    calls = [
        lambda actor=actor, n=n: (
            comment(ticket_id=ticket.pk, actor=actor, now=WEDNESDAY + HOUR, remark=Remark(f"№ {n}")).key
        )  # type: ignore[misc]
        for n, actor in enumerate(people)
    ]
    assert set(at_once(calls)) == {ticket.key}
    ticket.refresh_from_db()
    assert (ticket.version, Message.objects.filter(ticket=ticket).count()) == (25, 25)
    no_differences()


def test_moves_of_both_sides_at_once_leave_a_history_that_the_table_allows(own_database: Any) -> None:
    cast = make_cast()
    tickets = [cast.file() for _ in range(6)]
    for ticket in tickets:
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY)
    calls = []
    for ticket in tickets:
        common: dict[str, Any] = {"ticket_id": ticket.pk, "now": WEDNESDAY + HOUR}
        calls += [
            lambda common=common: start_work(**common, actor=cast.agent),  # type: ignore[misc]
            lambda common=common: withdraw(**common, actor=cast.engineer),  # type: ignore[misc]
            lambda common=common: close(**common, actor=cast.second_agent, closing=Closing("solved", "Готово.")),  # type: ignore[misc]
        ]
    answers = at_once(calls)
    assert {type(answer) for answer in answers} <= {Ticket, IllegalMove}
    for number, ticket in enumerate(tickets):
        assert status(ticket) == "closed"
        ended = [type(answer) for answer in answers[3 * number + 1 : 3 * number + 3]]
        assert sorted(each.__name__ for each in ended) == ["IllegalMove", "Ticket"]
    no_differences()


def test_two_requests_that_name_each_other_end_with_one_duplicate_and_no_deadlock(own_database: Any) -> None:
    cast = make_cast()
    for _ in range(4):
        one, other = cast.file(), cast.file()

        def points(ticket: Ticket, at: Ticket) -> Callable[[], Ticket]:
            closing = Closing("duplicate", duplicate_of=at.key)
            return lambda: accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=closing)

        answers = at_once([points(one, other), points(other, one)])
        assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "Ticket"]
        refusal = next(answer for answer in answers if isinstance(answer, Invalid))
        assert list(refusal.errors) == ["duplicate_of"]
        assert sorted([status(one), status(other)]) == ["closed", "open"]
    no_differences()


def test_two_requests_linked_to_each_other_at_once_do_not_deadlock(own_database: Any) -> None:
    cast = make_cast()
    one, other = cast.file(), cast.file()
    calls = [
        lambda: link(ticket_id=one.pk, actor=cast.agent, now=WEDNESDAY, other_key=other.key).key,
        lambda: link(ticket_id=other.pk, actor=cast.agent, now=WEDNESDAY, other_key=one.key).key,
    ]
    assert set(at_once(calls * 4)) == {one.key, other.key}
    no_differences()


def test_an_act_that_breaks_off_leaves_no_trace_to_those_who_waited(own_database: Any) -> None:
    cast = make_cast()
    ticket = cast.file()

    def breaks_off() -> None:
        with acting(ticket_id=ticket.pk, actor=TIMER, now=WEDNESDAY) as act:
            act.change(subject="Оборвано")
            raise RuntimeError

    calls = [breaks_off, lambda: accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY).key]
    answers = at_once(calls)
    assert sorted(type(answer).__name__ for answer in answers) == ["RuntimeError", "str"]
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.status) == ("Не печатаются этикетки", "analysis")
    no_differences()
