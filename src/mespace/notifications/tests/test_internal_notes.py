"""An internal note reaches no customer, whatever kind of event carries it and whoever acts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from mespace.ledger.append import Fact, append
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Notification, Reason, State
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.queries import latest
from mespace.notifications.tests.jobs import queued
from mespace.platform.jobs import Job
from mespace.tickets.events import Kind as Event
from mespace.tickets.events import is_public
from mespace.tickets.models import Message, Ticket
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.join import join
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
NOW = WEDNESDAY + timedelta(minutes=10)
SECRET = "пароль от стенда: 12345"

# Whether an event of the kind can be about a message for staff only. A new kind stands in neither, and fails here,
# until somebody has thought of what it tells.
CAN_BE_ABOUT_A_NOTE = {Event.COMMENTED, Event.FILE_REMOVED, Event.MESSAGE_CORRECTED, Event.MESSAGE_REMOVED}
NEVER_ABOUT_A_NOTE = {
    Event.ACCEPTED,
    Event.ANALYSIS_RESUMED,
    Event.ASKED,
    Event.ASSIGNED,
    Event.CLOSED,
    Event.CRITICALITY_PROPOSED,
    Event.CUSTOMER_REACTED,
    Event.DUPLICATE_UNDONE,
    Event.EDITED,
    Event.FILED,
    Event.FIX_CHANGED,
    Event.HANDED_OVER,
    Event.JOINED,
    Event.KNOWN_ERROR_LINKED,
    Event.KNOWN_ERROR_UNLINKED,
    Event.LINKED,
    Event.OUTSIDE_SUPPORT,
    Event.PROPOSED,
    Event.REACTION_RECORDED,
    Event.RECEIPT,
    Event.RECLASSIFIED,
    Event.REMINDED,
    Event.REOPENED,
    Event.REPINNED,
    Event.RETRACTED,
    Event.SCHEDULED,
    Event.SESSION_CANCELLED,
    Event.SESSION_CONSENTED,
    Event.SESSION_CONSENT_WITHDRAWN,
    Event.SESSION_ENDED,
    Event.SESSION_MISSED,
    Event.SESSION_PROPOSED,
    Event.SESSION_REFUSED,
    Event.SESSION_STARTED,
    Event.SOLUTION_ACCEPTED,
    Event.SUSPENDED,
    Event.SUSPENDED_UNANSWERED,
    Event.UNLINKED,
    Event.WITHDRAWN,
    Event.WITHIN_SUPPORT,
    Event.WORK_CORRECTED,
    Event.WORK_LOGGED,
    Event.WORK_STARTED,
    Event.WORK_WITHDRAWN,
}


def test_every_kind_of_event_was_thought_of() -> None:
    assert set(Event) == CAN_BE_ABOUT_A_NOTE | NEVER_ABOUT_A_NOTE
    assert not CAN_BE_ABOUT_A_NOTE & NEVER_ABOUT_A_NOTE
    staff = {"audience": "staff"}
    assert {kind for kind in Event if not is_public(kind, staff)} == CAN_BE_ABOUT_A_NOTE


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


def said(one: mail.EmailMessage) -> str:
    """All that a mail says, as its reader reads it."""
    parts = [one.subject, one.body, *(str(value) for value in one.extra_headers.values())]
    parts += [str(each.content) for each in getattr(one, "alternatives", [])]
    return "\n".join(parts)


def nothing_of_it_reached(cast: Cast, customers: set[int]) -> None:
    """Neither mails at once, nor digests, nor subject lines, nor the bell hold the note or tell that there is one."""
    addresses = {user.email for user in cast.users.values() if user.is_customer}
    for one in mail.outbox:
        if set(one.to) & addresses:
            assert SECRET not in said(one)
            assert "нутренняя заметка" not in said(one)
    for name, user in cast.users.items():
        if user.is_customer:
            for line in latest(cast.actors[name]):
                assert SECRET not in f"{line.title} {line.words}"
                assert line.kind is not Kind.NOTE
    assert not Notification.objects.filter(user_id__in=customers, kind__in=[Kind.NOTE, Kind.UNDELIVERED]).exists()


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
    if kind in CAN_BE_ABOUT_A_NOTE or not says_so:
        assert not Notification.objects.filter(user_id__in=customers).exists()
    deliver()
    nothing_of_it_reached(cast, customers)


@pytest.mark.parametrize("timing", ["now", "digest"])
def test_whatever_happens_and_however_people_want_their_mails_the_note_stays_inside(
    cast: Cast, ticket: Ticket, timing: str
) -> None:
    """All kinds of event after one another, each as if it carried the note, with every preference set to `timing`."""
    customers = {user.pk for user in cast.users.values() if user.is_customer}
    for name in ("engineer", "colleague", "responsible", "agent"):
        set_preferences(actor=cast.actors[name], timings=dict.fromkeys(Kind.values, timing), digest=True)
    note = Message.objects.get(kind="note")
    for event in Event:
        payload = {"message": note.pk, "audience": "staff", "criticality": "critical", "to_user": cast.engineer.user_id}
        facts = [Fact(event, cast.second_agent.log_name, NOW, payload)]
        [written] = append(stream=ticket.stream, facts=facts, recorded_at=NOW)
        notify(ticket_id=ticket.pk, first_seq=written.seq, last_seq=written.seq, now=NOW)
    plan_digests(now=NOW)
    deliver()
    assert any("нутренняя заметка" in said(one) for one in mail.outbox)  # staff, so the test looks at something
    nothing_of_it_reached(cast, customers)


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
