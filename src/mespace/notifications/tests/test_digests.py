"""The morning's digest, and turning mails off by the address in one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mespace.accounts.models import User
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Preference, Reason, State
from mespace.notifications.operations.mark_read import mark_read
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.tests.jobs import Queue
from mespace.notifications.unsubscribe import token_for
from mespace.platform.jobs import Job
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
EVENING = WEDNESDAY + timedelta(hours=8)  # 17:00 in Moscow
THURSDAY = WEDNESDAY + timedelta(hours=23)  # 08:00


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL_IS_SET = True
    settings.BASE_URL = "https://support.example.com"


def wants_digest(cast: Cast, *names: str) -> None:
    for name in names:
        set_preferences(actor=cast.actors[name], timings=dict.fromkeys(Kind.values, "digest"), digest=True)


def work_off(queue: Queue, now: datetime) -> list[mail.EmailMessage]:
    before = len(mail.outbox)
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=now)
    for arguments in queue.new(Job.SEND_MAIL):
        send_mail(**arguments, now=now)
    return mail.outbox[before:]


def accepted(cast: Cast, queue: Queue) -> Any:
    wants_digest(cast, "engineer", "agent", "second_agent")
    ticket = cast.file()
    accept(ticket_id=ticket.pk, actor=cast.agent, now=EVENING)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=EVENING, remark=Remark("Смотрим **журнал**."))
    assert work_off(queue, EVENING) == []
    return ticket


def test_one_mail_in_the_morning_of_a_working_day_with_all_that_is_unread(cast: Cast) -> None:
    queue = Queue()
    accepted(cast, queue)
    assert plan_digests(now=THURSDAY - timedelta(seconds=1)) == 0
    assert plan_digests(now=THURSDAY) == 3
    assert plan_digests(now=THURSDAY + timedelta(minutes=5)) == 0
    mails = {one.to[0]: one for one in work_off(queue, THURSDAY)}
    assert set(mails) == {"engineer@example.org", "agent@example.org", "second_agent@example.org"}
    mine = mails["engineer@example.org"]
    assert mine.subject == "Ваша сводка: 2 новости"
    assert "ZAVOD-1 · Не печатаются этикетки\nhttps://support.example.com/t/ZAVOD-1/#e2" in mine.body
    assert "Смотрим" not in mine.body  # the text itself stays where reading it can be seen
    assert mine.reply_to == []
    assert mine.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert plan_digests(now=THURSDAY + timedelta(hours=24)) == 0  # nothing new since


def test_what_was_read_is_not_in_it_and_without_anything_unread_there_is_none(cast: Cast) -> None:
    queue = Queue()
    ticket = accepted(cast, queue)
    mark_read(actor=cast.engineer, now=EVENING, ticket_id=ticket.pk)
    assert plan_digests(now=THURSDAY) == 2
    mark_read(actor=cast.agent, now=THURSDAY)
    mails = work_off(queue, THURSDAY)
    assert [one.to[0] for one in mails] == ["second_agent@example.org"]
    assert Delivery.objects.get(recipient_id=cast.agent.user_id).reason == Reason.OUTDATED


def test_no_digest_on_a_day_off(cast: Cast) -> None:
    accepted(cast, Queue())
    saturday = THURSDAY + timedelta(days=2)
    assert plan_digests(now=saturday) == 0
    assert plan_digests(now=saturday + timedelta(days=2)) == 3


def test_what_came_later_waits_for_the_next_one_which_names_what_is_still_unread(cast: Cast) -> None:
    queue = Queue()
    ticket = accepted(cast, queue)
    plan_digests(now=THURSDAY)
    work_off(queue, THURSDAY)
    comment(ticket_id=ticket.pk, actor=cast.agent, now=THURSDAY, remark=Remark("Нашли."))
    work_off(queue, THURSDAY)
    assert plan_digests(now=THURSDAY + timedelta(hours=1)) == 0
    assert plan_digests(now=THURSDAY + timedelta(days=1)) == 1
    [one] = work_off(queue, THURSDAY + timedelta(days=1))
    assert one.subject == "Ваша сводка: 1 новость"
    assert "Раньше и всё ещё не прочитано:" in one.body
    assert one.body.count("ZAVOD-1 · ") == 3


def test_lines_about_what_a_person_no_longer_sees_are_left_out(cast: Cast) -> None:
    queue = Queue()
    accepted(cast, queue)
    plan_digests(now=THURSDAY)
    cast.users["engineer"].membership.delete()
    User.objects.filter(pk=cast.agent.user_id).update(is_active=False)
    assert [one.to[0] for one in work_off(queue, THURSDAY)] == ["second_agent@example.org"]
    assert set(Delivery.objects.filter(state=State.NOT_SENT).values_list("recipient__email", "reason")) == {
        ("engineer@example.org", Reason.OUTDATED),
        ("agent@example.org", Reason.NO_LONGER_SEEN),
    }


def test_a_digest_whose_job_dies_and_runs_again_is_one_digest(cast: Cast) -> None:
    accepted(cast, Queue())
    plan_digests(now=THURSDAY)
    Notification.objects.update(digest=None)  # as if another worker had read before the first one's commit
    assert plan_digests(now=THURSDAY) == 0
    assert Delivery.objects.filter(kind=Kind.DIGEST).count() == 3


def test_a_mail_program_turns_the_digest_off_in_one_click(cast: Cast) -> None:
    queue = Queue()
    accepted(cast, queue)
    plan_digests(now=THURSDAY)
    one = next(each for each in work_off(queue, THURSDAY) if each.to == ["engineer@example.org"])
    path = one.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://support.example.com")
    program = Client(enforce_csrf_checks=True)
    page = program.get(path)
    assert page.status_code == 200
    assert Preference.objects.get(user_id=cast.engineer.user_id).digest
    for _time in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Preference.objects.get(user_id=cast.engineer.user_id).digest
    assert Preference.objects.get(user_id=cast.agent.user_id).digest
    assert program.post(f"{path[:-3]}x/", {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_one_kind_is_turned_off_and_the_rest_stays(cast: Cast, client: Client) -> None:
    token = token_for(cast.engineer.user_id or 0, Kind.RELEASE)
    assert client.post(f"/mail/off/{token}/").status_code == 200
    row = Preference.objects.get(user_id=cast.engineer.user_id)
    assert (row.timings, row.digest) == ({"release": "off"}, True)
