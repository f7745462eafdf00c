"""From acts on tickets to lines behind the bell and planned mails, on the real database."""

from datetime import timedelta
from typing import Any

import pytest

from mespace.accounts.models import User
from mespace.customers.models import Customer
from mespace.notifications import queries
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Preference, Reason, State
from mespace.notifications.operations.mark_read import mark_read
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.operations.watch_deadlines import watch_deadlines
from mespace.notifications.tests.jobs import Queue, queued
from mespace.platform.jobs import Job
from mespace.tickets.operations._steps import Closing, Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.close import close
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.propose_criticality import propose_criticality
from mespace.tickets.operations.settle import settle_ticket
from tests.cast import WEDNESDAY, Cast, narrowed

pytestmark = pytest.mark.django_db
LATER = WEDNESDAY + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_IS_SET = True


def work_off(queue: Queue, now: Any = LATER) -> None:
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=now)


def heard(cast: Cast) -> dict[str, list[str]]:
    names = {user.pk: name for name, user in cast.users.items()}
    found: dict[str, list[str]] = {}
    for user, kind in Notification.objects.order_by("seq", "pk").values_list("user_id", "kind"):
        found.setdefault(names[user], []).append(kind)
    return found


def test_a_new_request_is_told_to_all_agents_and_nobody_else(cast: Cast) -> None:
    cast.file()
    work_off(Queue())
    assert heard(cast) == {"agent": ["filed"], "second_agent": ["filed"]}
    assert Delivery.objects.filter(state=State.PLANNED).count() == 2
    assert len(queued(Job.SEND_MAIL)) == 2


def test_running_a_job_again_tells_nobody_twice(cast: Cast) -> None:
    cast.file()
    work_off(Queue())
    work_off(Queue())
    assert Notification.objects.count() == Delivery.objects.count() == 2


def test_an_act_of_two_steps_is_one_piece_of_news(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER, then=Question("Какая модель?"))
    work_off(queue)
    assert heard(cast)["engineer"] == ["question"]


def test_colleagues_who_no_longer_see_the_request_hear_nothing(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    join(ticket_id=ticket.pk, actor=cast.far_colleague, now=LATER)
    join(ticket_id=ticket.pk, actor=cast.colleague, now=LATER)
    work_off(queue)
    Customer.objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
    User.objects.filter(pk=cast.second_agent.user_id).update(is_active=False)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER)
    Notification.objects.all().delete()
    work_off(queue)
    assert heard(cast) == {"engineer": ["accepted"], "colleague": ["accepted"]}


def test_a_contractor_hears_of_what_is_assigned_and_no_more_when_it_is_taken_away(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=LATER, to_user_id=cast.contractor.user_id)
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, remark=Remark("Стоим."))
    work_off(queue)
    assert heard(cast)["contractor"] == ["assigned", "message"]
    assign(ticket_id=ticket.pk, actor=cast.agent, now=LATER, to_user_id=None)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=LATER, remark=Remark("Внутри", internal=True))
    work_off(queue)
    assert heard(cast)["contractor"] == ["assigned", "message"]


def test_after_handing_over_the_colleague_is_reminded_and_told_of_the_suspension(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER, then=Question("Какая модель?"))
    work_off(queue)
    hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, to_user_id=cast.colleague.user_id)
    settle_ticket(ticket_id=ticket.pk, now=WEDNESDAY + timedelta(days=20))
    work_off(queue, WEDNESDAY + timedelta(days=20))
    assert heard(cast)["colleague"] == ["handed_over", "reminder", "suspended"]
    assert heard(cast)["agent"] == ["filed", "suspended"]


def test_what_was_written_days_ago_is_shown_and_not_mailed(cast: Cast) -> None:
    cast.file()
    work_off(Queue(), WEDNESDAY + timedelta(days=3))
    assert Notification.objects.count() == 2
    assert set(Delivery.objects.values_list("state", "reason")) == {(State.NOT_SENT, Reason.OUTDATED)}
    assert queued(Job.SEND_MAIL) == []


def test_what_was_turned_off_is_shown_and_not_mailed(cast: Cast) -> None:
    kept = set_preferences(
        actor=cast.agent, timings={"filed": "off", "message": "at noon", "nonsense": "off"}, digest=True
    )
    assert kept.timings == {"filed": "off"}
    set_preferences(actor=cast.second_agent, timings={"filed": "digest", "question": "off"}, digest=False)
    assert Preference.objects.get(user_id=cast.second_agent.user_id).timings == {"filed": "digest"}
    cast.file()
    work_off(Queue())
    assert set(Notification.objects.values_list("timing", flat=True)) == {"off"}
    assert not Delivery.objects.exists()


def test_what_the_regulation_requires_is_mailed_to_whoever_it_concerns(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    join(ticket_id=ticket.pk, actor=cast.colleague, now=LATER)
    for person in (cast.engineer, cast.colleague):
        set_preferences(actor=person, timings=dict.fromkeys(Kind.values, "off"), digest=False)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER, then=Question("Какая модель?"))
    work_off(queue)
    assert heard(cast)["colleague"] == ["question"]
    [delivery] = Delivery.objects.filter(recipient__roles__contains=["customer_user"])
    assert (delivery.recipient_id, delivery.relation) == (cast.engineer.user_id, "party")


def test_the_bell_counts_shows_and_forgets(cast: Cast, django_assert_num_queries: Any) -> None:
    queue = Queue()
    ticket, other = cast.file(), cast.file(subject="Второе")
    for one in (ticket, other):
        accept(ticket_id=one.pk, actor=cast.agent, now=LATER)
        comment(ticket_id=one.pk, actor=cast.agent, now=LATER, remark=Remark("Смотрим."))
    work_off(queue)
    with django_assert_num_queries(3):  # the count; the lines; their tickets
        assert queries.unread_count(cast.engineer) == 4
        lines = queries.latest(cast.engineer)
    assert [(line.title, line.kind, line.is_unread) for line in lines[:2]] == [
        ("ZAVOD-2 · Второе", Kind.MESSAGE, True),
        ("ZAVOD-2 · Второе", Kind.ACCEPTED, True),
    ]
    assert mark_read(actor=cast.engineer, now=LATER, ticket_id=other.pk) == 2
    assert queries.unread_count(cast.engineer) == 2
    assert [line.url for line in queries.latest(cast.engineer, unread_only=True)] == [
        "/t/ZAVOD-1/#e4",
        "/t/ZAVOD-1/#e2",
    ]
    assert queries.unread_count(cast.stranger) == 0
    assert mark_read(actor=cast.stranger, now=LATER) == 0


def test_the_bell_hides_what_a_person_no_longer_sees(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    join(ticket_id=ticket.pk, actor=cast.far_colleague, now=LATER)
    work_off(queue)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER)
    work_off(queue)
    assert queries.unread_count(cast.far_colleague) == 1
    assert queries.unread_count(narrowed(cast, "far_colleague")) == 0
    assert queries.latest(narrowed(cast, "far_colleague")) == []


def test_a_deadline_alarms_once_when_it_is_near_and_once_when_it_is_broken(cast: Cast) -> None:
    ticket = cast.file()  # Wednesday 09:00, so due at 17:00
    due = ticket.reaction_due_at
    assert watch_deadlines(now=due - timedelta(minutes=61)) == 0
    assert watch_deadlines(now=due - timedelta(minutes=60)) == 1
    assert watch_deadlines(now=due - timedelta(seconds=1)) == 0
    assert watch_deadlines(now=due + timedelta(seconds=1)) == 0  # 17:00:01: nobody is at work
    morning = due + timedelta(hours=15)
    assert watch_deadlines(now=morning - timedelta(seconds=1)) == 0
    assert watch_deadlines(now=morning) == 1
    assert watch_deadlines(now=morning + timedelta(hours=5)) == 0
    assert heard(cast) == {
        "agent": ["near_deadline", "broken_deadline"],
        "second_agent": ["near_deadline", "broken_deadline"],
    }


def test_the_hour_before_a_deadline_is_counted_in_working_time(cast: Cast) -> None:
    ticket = cast.file(now=WEDNESDAY + timedelta(minutes=30))  # due on Thursday at 08:30
    evening = WEDNESDAY + timedelta(hours=7, minutes=30)  # 16:30
    assert ticket.reaction_due_at == WEDNESDAY + timedelta(hours=23, minutes=30)
    assert watch_deadlines(now=evening - timedelta(seconds=1)) == 0
    assert watch_deadlines(now=evening) == 1


def test_a_critical_request_alarms_those_on_duty_at_half_and_at_a_quarter_of_its_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mespace.notifications.audience.alarmed", lambda _at: [cast.agent.user_id])
    queue = Queue()
    filed_at = WEDNESDAY + timedelta(hours=7)  # 16:00, so due on Thursday at 09:00
    ticket = cast.file(now=filed_at, type="incident", critical=True, stopped_process="Отгрузка")
    work_off(queue, filed_at)
    closing, morning = WEDNESDAY + timedelta(hours=8), WEDNESDAY + timedelta(hours=23)
    assert ticket.reaction_due_at == morning + timedelta(hours=1)
    assert watch_deadlines(now=closing - timedelta(seconds=1)) == 0
    assert watch_deadlines(now=closing) == 1  # 17:00: half is left, and the night does not wait
    assert watch_deadlines(now=morning + timedelta(minutes=29)) == 0
    assert watch_deadlines(now=morning + timedelta(minutes=30)) == 1
    assert watch_deadlines(now=morning + timedelta(minutes=45)) == 0
    assert watch_deadlines(now=morning + timedelta(hours=1, seconds=1)) == 1
    assert heard(cast) == {
        "agent": ["half_left", "quarter_left", "broken_deadline", "alarm"],
        "second_agent": ["broken_deadline", "filed"],
    }
    assert set(Delivery.objects.filter(recipient_id=cast.agent.user_id).values_list("kind", flat=True)) == {
        "half_left", "quarter_left", "broken_deadline", "alarm",
    }  # fmt: skip


def test_a_request_that_becomes_critical_at_night_alarms_at_night(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file(type="incident")
    night = WEDNESDAY + timedelta(hours=14)
    propose_criticality(
        ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY + timedelta(hours=7, minutes=59),
        criticality="critical", reason="Отгрузка стоит",
    )  # fmt: skip
    work_off(queue, night)
    assert heard(cast)["agent"] == ["filed", "alarm"]
    assert watch_deadlines(now=night) == 1
    assert "broken_deadline" in heard(cast)["agent"]


def test_an_accepted_request_alarms_nobody_and_an_assigned_one_its_assignee(cast: Cast) -> None:
    accepted, assigned = cast.file(), cast.file()
    accept(ticket_id=accepted.pk, actor=cast.agent, now=LATER)
    assign(ticket_id=assigned.pk, actor=cast.agent, now=LATER, to_user_id=cast.agent.user_id)
    assert watch_deadlines(now=assigned.reaction_due_at - timedelta(minutes=5)) == 1
    assert heard(cast) == {"agent": ["near_deadline"]}


def test_closing_is_told_with_its_weight(cast: Cast) -> None:
    queue = Queue()
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=LATER)
    close(ticket_id=ticket.pk, actor=cast.second_agent, now=LATER, closing=Closing("consultation", body="Вот так."))
    work_off(queue)
    assert heard(cast)["engineer"] == ["accepted", "closed"]
    assert heard(cast)["agent"] == ["filed", "closed"]
