"""A session in which somebody was to take part who has left cannot begin, and those who must act see it."""

from typing import Any

import pytest

from mespace.accounts.permissions import Permission
from mespace.notifications.channels.mail.ticket_letter import ticket_letter
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification
from mespace.notifications.operations.tell_of_left_sessions import tell_of_left_sessions
from mespace.reports.at_risk import outlook
from mespace.tickets.errors import Invalid
from mespace.tickets.models import RemoteSession
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.cancel_session import cancel_session
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.disable_person import Left, disable_person
from mespace.tickets.operations.start_session import Beginning, start_session
from mespace.tickets.queries.leaving import leaving
from mespace.tickets.queries.sessions import left_sessions
from mespace.tickets.tests.operations.session_story import HOUR, STARTS, TERMS, Story, state
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + 2 * HOUR


@pytest.fixture
def story(cast: Cast) -> Story:
    return Story(cast)


def leave(cast: Cast, whom: str, successor: str) -> Left:
    return disable_person(
        actor=cast.administrator, now=NOW, user_id=cast.users[whom].pk, successor_id=cast.users[successor].pk
    )


def told() -> set[str]:
    users = Notification.objects.filter(kind=Kind.SESSION_LEFT).values_list("user__email", flat=True)
    return {email.partition("@")[0] for email in users}


@pytest.mark.parametrize(("whom", "successor"), [("agent", "second_agent"), ("engineer", "colleague")])
def test_it_cannot_begin_and_is_agreed_anew(cast: Cast, story: Story, whom: str, successor: str) -> None:
    session = story.agreed()
    assert leaving(actor=cast.administrator, user_id=cast.users[whom].pk).sessions == 1
    assert leave(cast, whom, successor).sessions == 1
    by = "second_agent"
    beginning = Beginning(reason="Коллега уволился")
    with pytest.raises(Invalid, match=cast.users[whom].full_name):
        start_session(**story.by(by, STARTS), session_id=session.pk, beginning=beginning)
    assert state(session) == "agreed"
    cancel_session(**story.by(by, NOW), session_id=session.pk, reason="Договоримся заново", instead=TERMS)
    again = RemoteSession.objects.get(number=2)
    consent_to_session(**story.by("colleague", NOW), session_id=again.pk)
    start_session(**story.by(by, STARTS), session_id=again.pk)
    assert (state(session), state(again)) == ("cancelled", "running")
    assert left_sessions(actor=cast.manager) == []


def test_nobody_agrees_to_a_session_that_nobody_will_hold(cast: Cast, story: Story) -> None:
    session = story.propose()
    leave(cast, "agent", "second_agent")
    session = RemoteSession.objects.get(pk=session.pk)
    assert not session.is_open_to_consent(NOW)
    with pytest.raises(Invalid):
        consent_to_session(**story.by("engineer", NOW), session_id=session.pk)


def test_whoever_works_on_it_and_managers_are_told_once(cast: Cast, story: Story) -> None:
    story.agreed()
    assign(ticket_id=story.ticket.pk, actor=cast.agent, now=NOW, to_user_id=cast.users["agent"].pk)
    assert tell_of_left_sessions(now=NOW) == 0
    leave(cast, "agent", "second_agent")
    assert [tell_of_left_sessions(now=NOW) for _time in range(2)] == [1, 0]
    assert told() == {"second_agent", "manager"}
    letter = Delivery.objects.filter(kind=Kind.SESSION_LEFT).latest("pk")
    assert cast.users["agent"].full_name in "\n".join(ticket_letter(letter, story.ticket).lines)


def test_managers_see_it_on_their_home_and_others_only_theirs(cast: Cast, story: Story) -> None:
    session = story.agreed()
    leave(cast, "engineer", "colleague")
    assert outlook(actor=cast.manager, now=NOW).sessions == [session]
    assert left_sessions(actor=cast.stranger) == []
    assert not cast.agent.can(Permission.OVERSIGHT_READ)
    assert left_sessions(actor=cast.second_agent) == [session]


def test_what_is_over_is_left_alone(cast: Cast, story: Story) -> None:
    session = story.agreed()
    cancel_session(**story.by("agent", NOW), session_id=session.pk, reason="Не нужно")
    assert leave(cast, "engineer", "colleague").sessions == 0
    assert tell_of_left_sessions(now=NOW) == 0


def test_looking_for_them_is_one_statement(story: Story, django_assert_num_queries: Any) -> None:
    story.agreed()
    with django_assert_num_queries(1):
        assert tell_of_left_sessions(now=NOW) == 0
