"""Who hears of a remote session, and the reminder an hour before it."""

from datetime import timedelta
from typing import Any

import pytest

from mespace.accounts.models import User
from mespace.notifications.channels.mail.ticket_letter import ticket_letter
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.remind_of_sessions import remind_of_sessions
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from mespace.tickets.models import RemoteSession, Ticket
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.refuse_session import refuse_session
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
STARTS = WEDNESDAY + 5 * HOUR


def proposed(cast: Cast) -> tuple[Ticket, RemoteSession, dict[str, Any]]:
    ticket = cast.file()
    terms = Terms(STARTS, STARTS + HOUR, "RuDesktop", "Сервер печати", "Посмотреть очередь", cast.second_agent.user_id)
    propose_session(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, terms=terms)
    session = RemoteSession.objects.get()
    return ticket, session, {"ticket_id": ticket.pk, "session_id": session.pk, "now": WEDNESDAY + HOUR}


def told(kind: Kind) -> set[str]:
    users = Notification.objects.filter(kind=kind).values_list("user_id", flat=True)
    return {user.email.partition("@")[0] for user in User.objects.filter(pk__in=list(users))}


def tell_all() -> None:
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=WEDNESDAY + 2 * HOUR)


def test_the_proposal_goes_to_the_requester_and_the_answer_to_whoever_connects(cast: Cast) -> None:
    _ticket, session, on = proposed(cast)
    tell_all()
    assert told(Kind.SESSION) == {"engineer"}
    assert told(Kind.SESSION_NEWS) == {"second_agent"}
    consent_to_session(**on, actor=cast.colleague)
    tell_all()
    assert told(Kind.SESSION_ANSWER) == {"agent", "second_agent"}  # nobody holds the request yet
    assert "engineer" in told(Kind.SESSION_NEWS)
    refuse_session(**on, actor=cast.engineer, reason="Смена")
    tell_all()
    letter = Delivery.objects.filter(kind=Kind.SESSION_ANSWER).latest("pk")
    words = "\n".join([*ticket_letter(letter, letter_ticket(letter)).lines, ticket_letter(letter, _ticket).text])
    assert "Engineer" in words
    assert "Смена" in words
    session.refresh_from_db()
    assert session.state == "withdrawn"


def letter_ticket(delivery: Delivery) -> Ticket:
    return Ticket.objects.get(pk=delivery.subject_id)


def test_the_mail_that_asks_says_everything_that_is_agreed_to(cast: Cast) -> None:
    ticket, _session, _on = proposed(cast)
    tell_all()
    letter = ticket_letter(Delivery.objects.get(kind=Kind.SESSION), ticket)
    said = "\n".join([*letter.lines, letter.text])
    for words in ("18.11.2026 14:00", "18.11.2026 15:00", "Second Agent", "RuDesktop", "Сервер печати", "очередь"):
        assert words in said


@pytest.mark.parametrize("agreed", [True, False])
def test_an_hour_before_both_sides_are_reminded_once(cast: Cast, agreed: bool) -> None:
    ticket, _session, on = proposed(cast)
    if agreed:
        consent_to_session(**on, actor=cast.engineer)
    assert remind_of_sessions(now=STARTS - HOUR - timedelta(seconds=1)) == 0
    assert remind_of_sessions(now=STARTS - HOUR) == 1
    assert remind_of_sessions(now=STARTS - timedelta(minutes=1)) == 0
    assert told(Kind.SESSION_SOON) == {"engineer", "second_agent"}
    letters = {one.recipient_id: one for one in Delivery.objects.filter(kind=Kind.SESSION_SOON)}
    customer = "\n".join(ticket_letter(letters[cast.users["engineer"].pk], ticket).lines)
    staff = "\n".join(ticket_letter(letters[cast.users["second_agent"].pk], ticket).lines)
    assert ("согласие ещё не получено" in customer) is not agreed
    assert ("согласия ещё нет" in staff) is not agreed
    assert "18.11.2026 14:00" in customer


def test_a_session_that_will_not_be_reminds_nobody(cast: Cast) -> None:
    _ticket, _session, on = proposed(cast)
    cancel_session(**on, actor=cast.agent, reason="Не нужно")
    assert remind_of_sessions(now=STARTS - HOUR) == 0


def test_the_reminder_is_one_statement_while_nothing_is_near(cast: Cast, django_assert_num_queries: Any) -> None:
    proposed(cast)
    with django_assert_num_queries(1):
        remind_of_sessions(now=WEDNESDAY)
