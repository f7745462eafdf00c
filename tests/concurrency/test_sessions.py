"""Fifty at one remote session at the same instant: one consent, one beginning, and none without a consent."""

from collections import Counter
from datetime import timedelta
from typing import Any

from mespace.ledger.models import Event
from mespace.tickets.errors import Invalid
from mespace.tickets.models import RemoteSession, Ticket, WorkEntry
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.correct_work import correct_work
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.refuse_session import refuse_session
from mespace.tickets.operations.start_session import start_session
from mespace.tickets.session_lifecycle import IllegalSessionMove
from tests.cast import WEDNESDAY, Cast, make_cast
from tests.concurrency.parallel import at_once, no_differences

HOUR = timedelta(hours=1)
TERMS = Terms(WEDNESDAY + HOUR, WEDNESDAY + 3 * HOUR, "RuDesktop", "Сервер печати", "Посмотреть очередь")


def proposed(cast: Cast) -> tuple[Ticket, RemoteSession]:
    ticket = cast.file()
    propose_session(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, terms=TERMS)
    return ticket, RemoteSession.objects.get(ticket=ticket)


def facts(ticket: Ticket, kind: str) -> int:
    return Event.objects.filter(stream_id=ticket.stream_id, kind=kind).count()


def test_fifty_consents_and_fifty_beginnings_are_one_each(own_database: Any) -> None:
    cast = make_cast()
    ticket, session = proposed(cast)
    common: dict[str, Any] = {"ticket_id": ticket.pk, "session_id": session.pk, "now": WEDNESDAY + HOUR}
    people = [cast.engineer, cast.colleague, cast.responsible] * 17
    consents = [lambda actor=actor: consent_to_session(**common, actor=actor).key for actor in people[:50]]  # type: ignore[misc]
    assert Counter(at_once(consents)) == {ticket.key: 50}
    assert facts(ticket, "session_consented") == 1
    starts = [lambda: start_session(**common, actor=cast.agent).key] * 50
    answers = at_once(starts)
    assert Counter(type(answer) for answer in answers) == {str: 1, IllegalSessionMove: 49}
    assert facts(ticket, "session_started") == 1
    no_differences()


def test_beginnings_consents_and_withdrawals_at_once_never_begin_without_a_consent(own_database: Any) -> None:
    cast = make_cast()
    pairs = [proposed(cast) for _ in range(10)]
    calls = []
    for ticket, session in pairs:
        common: dict[str, Any] = {"ticket_id": ticket.pk, "session_id": session.pk, "now": WEDNESDAY + HOUR}
        calls += [
            lambda common=common: start_session(**common, actor=cast.agent),  # type: ignore[misc]
            lambda common=common: consent_to_session(**common, actor=cast.engineer),  # type: ignore[misc]
            lambda common=common: start_session(**common, actor=cast.agent),  # type: ignore[misc]
            lambda common=common: refuse_session(**common, actor=cast.colleague),  # type: ignore[misc]
            lambda common=common: start_session(**common, actor=cast.agent),  # type: ignore[misc]
        ]
    answers = at_once(calls)
    assert {type(answer) for answer in answers} <= {Ticket, IllegalSessionMove}
    for ticket, session in pairs:
        kinds = list(Event.objects.filter(stream_id=ticket.stream_id).order_by("seq").values_list("kind", flat=True))
        session.refresh_from_db()
        assert kinds.count("session_started") == (session.state == "running")
        if session.state == "running":
            assert kinds[-2:] == ["session_consented", "session_started"]
        else:
            assert session.state in {"refused", "withdrawn"}
    no_differences()


def test_twenty_corrections_of_one_entry_leave_one(own_database: Any) -> None:
    cast = make_cast()
    ticket = cast.file()
    day = WEDNESDAY.date()
    log_work(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, work=Work("improvement", 5, day))
    entry = WorkEntry.objects.get()
    common: dict[str, Any] = {"ticket_id": ticket.pk, "actor": cast.agent, "now": WEDNESDAY, "work_id": entry.pk}
    calls = [
        lambda n=n: correct_work(**common, work=Work("improvement", n, day), reason="Так").key  # type: ignore[misc]
        for n in range(10, 30)
    ]
    assert Counter(type(answer) for answer in at_once(calls)) == {str: 1, Invalid: 19}
    assert WorkEntry.objects.counting().count() == 1
    no_differences()
