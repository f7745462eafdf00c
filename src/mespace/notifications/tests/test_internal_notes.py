"""An internal note reaches no customer, whatever kind of event carries it and whoever acts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from mespace.ledger.append import Fact, append
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Reason, State
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from mespace.tickets.events import Kind as Event
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.join import join
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)
SECRET = "пароль от стенда: 12345"


@pytest.fixture
def ticket(cast: Cast, settings: Any) -> Ticket:
    """A ticket with two customer's people and an assigned agent around it, and an internal note."""
    settings.MAIL_IS_SET = True
    made = cast.file()
    join(ticket_id=made.pk, actor=cast.colleague, now=NOW)
    assign(ticket_id=made.pk, actor=cast.agent, now=NOW, to_user_id=cast.agent.user_id)
    comment(ticket_id=made.pk, actor=cast.second_agent, now=NOW, remark=Remark(SECRET, internal=True))
    Notification.objects.all().delete()
    return Ticket.objects.select_related("stream").get(pk=made.pk)


def deliver() -> None:
    for arguments in queued(Job.SEND_MAIL):
        send_mail(**arguments, now=NOW)


@pytest.mark.parametrize("says_so", [True, False], ids=["event says so", "only the message says so"])
@pytest.mark.parametrize("kind", list(Event))
def test_no_kind_of_event_carries_a_note_to_a_customer(cast: Cast, ticket: Ticket, kind: Event, says_so: bool) -> None:
    note = Message.objects.get(kind="note")
    customers = {user.pk for user in cast.users.values() if user.is_customer}
    for actor in (cast.second_agent, cast.engineer):
        payload: dict[str, Any] = {"message": note.pk, "criticality": "critical", "to_user": cast.engineer.user_id}
        payload["audience"] = "staff" if says_so else "customer"
        [event] = append(stream=ticket.stream, facts=[Fact(kind, actor.log_name, NOW, payload)], recorded_at=NOW)
        notify(ticket_id=ticket.pk, first_seq=event.seq, last_seq=event.seq, now=NOW)
    concerned = {"commented", "message_corrected", "message_removed", "file_removed"}
    if kind in concerned or not says_so:
        assert not Notification.objects.filter(user_id__in=customers).exists()
    deliver()
    for one in mail.outbox:
        if set(one.to) & {user.email for user in cast.users.values() if user.is_customer}:
            assert SECRET not in one.message().as_string()


def test_staff_are_told_of_it_in_full(cast: Cast, ticket: Ticket) -> None:
    for arguments in queued(Job.NOTIFY):
        notify(**arguments, now=NOW)
    deliver()
    [told] = [one for one in mail.outbox if SECRET in one.body]
    assert told.to == [cast.users["agent"].email]
    assert told.subject == "[ZAVOD-1] Внутренняя заметка: Не печатаются этикетки"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_ledger_line_about_a_note_never_leaves_for_a_customer(cast: Cast, ticket: Ticket, kind: Kind) -> None:
    seq = ticket.stream.events.get(kind="commented").seq
    delivery = Delivery.objects.create(
        recipient_id=cast.engineer.user_id, address=cast.users["engineer"].email, subject_id=ticket.pk, seq=seq,
        kind=kind, message_id="<forged@example.com>", created_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip
    done = send_mail(delivery_id=delivery.pk, now=NOW)
    assert done is not None
    assert (done.state, done.reason) == (State.NOT_SENT, Reason.NO_LONGER_SEEN)
    assert mail.outbox == []
