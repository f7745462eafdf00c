"""What mail servers report of our mails, and what of it counts as receipt (E3)."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespace.ledger.models import Event
from mespace.notifications.channels.mail.status_report import Action, status_report
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, Evidence, Notification, State, StatusReport
from mespace.notifications.operations.count_receipt import count_receipt
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.record_delivery_status import Outcome, record_delivery_status
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.tests.jobs import Queue
from mespace.notifications.tests.reports import report
from mespace.platform.jobs import Job
from mespace.tickets.models import Ticket
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.hand_over import hand_over
from mespace.tickets.operations.join import join
from mespace.tickets.operations.record_receipt import record_receipt
from mespace.tickets.operations.settle import settle_ticket
from mespace.tickets.queries.evidence import bundle
from tests.cast import WEDNESDAY, Cast

NOW = WEDNESDAY + timedelta(minutes=10)
LATER = NOW + timedelta(minutes=5)
VERIFIER = Path(__file__).resolve().parents[4] / "verifier" / "verify.py"


def asked(cast: Cast, settings: Any, text: str = "Какая **модель**?") -> tuple[Ticket, Delivery]:
    """A ticket with a question, and the mail about it as the server took it."""
    settings.MAIL_IS_SET = True
    queue = Queue()
    ticket = cast.file()
    join(ticket_id=ticket.pk, actor=cast.colleague, now=NOW)
    accept(ticket_id=ticket.pk, actor=cast.agent, now=NOW, then=Question(text))
    for arguments in queue.new(Job.NOTIFY):
        notify(**arguments, now=NOW)
    for arguments in queue.new(Job.SEND_MAIL):
        send_mail(**arguments, now=NOW)
    return ticket, Delivery.objects.get(recipient_id=cast.engineer.user_id, kind=Kind.QUESTION)


def receipts(ticket: Ticket) -> list[tuple[str, str]]:
    events = Event.objects.filter(stream_id=ticket.stream_id, kind="receipt").order_by("seq")
    return [(event.payload["evidence"], event.actor) for event in events]


def work_off() -> list[bool]:
    return [count_receipt(**arguments, now=LATER) for arguments in Queue().new(Job.RECORD_MAIL_RECEIPT)]


@pytest.mark.django_db
def test_the_recipients_own_server_s_word_is_receipt_and_the_verifier_agrees(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    ticket, delivery = asked(cast, settings)
    assert record_delivery_status(raw=report(delivery), now=LATER) is Outcome.EVIDENCE
    assert work_off() == [True]
    assert work_off() == [True]  # the job again: it is on record, and stands there once
    assert receipts(ticket) == [("mail", "mail")]
    delivery.refresh_from_db()
    assert (delivery.evidence, delivery.evidence_at, delivery.state) == (Evidence.CONFIRMED, LATER, State.SENT)
    ticket.refresh_from_db()
    assert (ticket.term_evidence, ticket.term_received_at) == ("mail", LATER)
    proof = bundle(actor=cast.agent, key=ticket.key, as_of=LATER + timedelta(minutes=1))
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(proof), "utf-8")
    done = subprocess.run([sys.executable, VERIFIER, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_the_same_report_twice_is_one(cast: Cast, settings: Any) -> None:
    _ticket, delivery = asked(cast, settings)
    assert record_delivery_status(raw=report(delivery), now=LATER) is Outcome.EVIDENCE
    assert record_delivery_status(raw=report(delivery), now=LATER) is Outcome.KNOWN
    assert StatusReport.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"action": "relayed"},
        {"action": "expanded"},
        {"action": "delayed"},
        {"envelope_id": ""},  # a reader of the mail knows its Message-ID
        {"envelope_id": "a" * 32},
        {"final": "someone@elsewhere.example"},  # passed on to another domain
    ],
)
def test_what_proves_nothing_is_kept_and_moves_nothing(cast: Cast, settings: Any, changes: dict[str, Any]) -> None:
    ticket, delivery = asked(cast, settings)
    assert record_delivery_status(raw=report(delivery, **changes), now=LATER) is Outcome.NO_EVIDENCE
    assert StatusReport.objects.filter(is_evidence=False).count() == 1
    assert (work_off(), receipts(ticket)) == ([], [])
    delivery.refresh_from_db()
    assert (delivery.evidence, delivery.state) == (Evidence.RELAY, State.SENT)


@pytest.mark.django_db
def test_a_report_about_others_is_not_ours(cast: Cast, settings: Any) -> None:
    _ticket, delivery = asked(cast, settings)
    other = report(delivery, final="other@example.org", original="other@example.org")
    strange = report(delivery, envelope_id="b" * 32, message_id="<unknown@example.org>")
    for raw in (other, strange):
        assert record_delivery_status(raw=raw, now=LATER) is Outcome.NOT_OURS
    assert not StatusReport.objects.exists()


@pytest.mark.django_db
def test_a_failure_marks_the_mail_keeps_the_server_s_words_and_warns_once(cast: Cast, settings: Any) -> None:
    _ticket, delivery = asked(cast, settings)
    words = "550 5.1.1 <engineer@example.org>: Recipient address rejected: \u041d\u0435\u0442 ящика"
    failed = report(delivery, "failed", envelope_id="", status="5.1.1", words=words)
    assert record_delivery_status(raw=failed, now=LATER) is Outcome.FAILED
    assert record_delivery_status(raw=failed + b"\r\n", now=LATER) is Outcome.NO_EVIDENCE
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == (State.RETURNED, NOW)
    assert delivery.reply_text.startswith("5.1.1 550 5.1.1 <engineer@example.org>: Recipient address rejected")
    warned = Notification.objects.filter(kind=Kind.UNDELIVERED).values_list("user_id", flat=True)
    assert list(warned) == [cast.agent.user_id]  # who works on it


@pytest.mark.django_db
def test_after_a_delivery_a_failure_moves_nothing_and_the_other_way_round(cast: Cast, settings: Any) -> None:
    _ticket, delivery = asked(cast, settings)
    record_delivery_status(raw=report(delivery), now=LATER)
    assert record_delivery_status(raw=report(delivery, "failed"), now=LATER) is Outcome.NO_EVIDENCE
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    Delivery.objects.filter(pk=delivery.pk).update(state=State.RETURNED, evidence=Evidence.RELAY)
    assert record_delivery_status(raw=report(delivery, words="again"), now=LATER) is Outcome.NO_EVIDENCE
    assert StatusReport.objects.count() == 3


@pytest.mark.django_db
def test_an_uncertain_mail_becomes_certain(cast: Cast, settings: Any) -> None:
    ticket, delivery = asked(cast, settings)
    Delivery.objects.filter(pk=delivery.pk).update(state=State.UNCERTAIN, sent_at=None)
    assert record_delivery_status(raw=report(delivery), now=LATER) is Outcome.EVIDENCE
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sent_at) == (State.SENT, LATER)
    assert work_off() == [True]
    assert receipts(ticket) == [("mail", "mail")]


@pytest.mark.django_db
def test_later_evidence_is_kept_and_moves_nothing(cast: Cast, settings: Any) -> None:
    ticket, delivery = asked(cast, settings)
    record_receipt(ticket_id=ticket.pk, actor=cast.engineer, now=NOW)
    due = Ticket.objects.get(pk=ticket.pk).term_due_at
    record_delivery_status(raw=report(delivery), now=LATER)
    assert work_off() == [True]
    assert [evidence for evidence, _actor in receipts(ticket)] == ["read", "mail"]
    ticket.refresh_from_db()
    assert (ticket.term_evidence, ticket.term_due_at) == ("read", due)


@pytest.mark.django_db
def test_only_a_mail_with_the_full_text_to_whoever_receives_counts(cast: Cast, settings: Any) -> None:
    ticket, delivery = asked(cast, settings, "слово " * 6000)
    assert not delivery.holds_full_text
    record_delivery_status(raw=report(delivery), now=LATER)
    follower = Delivery.objects.get(recipient_id=cast.colleague.user_id, kind=Kind.QUESTION)
    Delivery.objects.filter(pk=follower.pk).update(holds_full_text=True)
    record_delivery_status(raw=report(follower), now=LATER)
    assert (work_off(), receipts(ticket)) == ([False, False], [])
    hand_over(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, to_user_id=cast.colleague.user_id)
    assert work_off() == [False, True]


@pytest.mark.django_db
def test_when_the_term_is_over_it_is_too_late(cast: Cast, settings: Any) -> None:
    ticket, delivery = asked(cast, settings)
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=LATER, remark=Remark("ZT410"))
    record_delivery_status(raw=report(delivery), now=LATER)
    assert (work_off(), receipts(ticket)) == ([False], [])
    settle_ticket(ticket_id=ticket.pk, now=LATER)


@pytest.mark.django_db
def test_a_mail_handed_to_the_recipients_own_server_is_receipt_at_once(cast: Cast, settings: Any) -> None:
    settings.MAIL_DIRECT_DOMAINS = frozenset({"example.org"})
    ticket, delivery = asked(cast, settings)
    assert (delivery.evidence, delivery.evidence_at) == (Evidence.DIRECT, NOW)
    assert True in work_off()
    assert receipts(ticket) == [("mail", "mail")]


def test_a_report_is_read_as_servers_write_it() -> None:
    delivery = Delivery(address="engineer@example.org", envelope_id="abc", message_id="<m@x>")
    read = status_report(report(delivery, envelope_id="a+2Bb", original="e+3Dng@example.org"))
    assert read is not None
    assert (read.envelope_id, read.message_id, read.server) == ("a+b", "<m@x>", "mx.factory.example")
    [told] = read.recipients
    assert (told.action, told.original_recipient, told.final_recipient) == (
        Action.DELIVERED, "e=ng@example.org", "engineer@example.org",
    )  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00\xff" * 100, b"Subject: hello\r\n\r\ntext",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\nno parts",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n--B--",
        (
            b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
            b"Reporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: exploded\r\n\r\n--B--"
        ),
    ],
)  # fmt: skip
def test_what_is_no_report_is_none(raw: bytes) -> None:
    assert status_report(raw) is None


@given(st.binary(max_size=400), st.integers(0, 900), st.binary(max_size=30))
def test_no_bytes_make_it_raise(noise: bytes, place: int, more: bytes) -> None:
    whole = report(Delivery(address="a@example.org", envelope_id="abc", message_id="<m@x>"))
    for raw in (noise, whole[:place] + noise + whole[place:], whole[:place] + more):
        read = status_report(raw)
        assert read is None or len(read.recipients) >= 1
