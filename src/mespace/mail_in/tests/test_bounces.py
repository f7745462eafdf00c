"""Bounces outside the standard: they reach the ledger by what proves which mail they mean, or a person's eyes."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from mespace.accounts.actor import Refused
from mespace.mail_in.mime.bounce_words import told_in
from mespace.mail_in.mime.delivery_status import is_bounce
from mespace.mail_in.mime.letter import read_letter
from mespace.mail_in.models import Inbound
from mespace.mail_in.operations.look_at import look_at
from mespace.mail_in.queries import to_be_seen
from mespace.mail_in.tests import bounces, corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.mail_in.tests.test_handling import asked, reply_address
from mespace.notifications.channels.mail.return_path import return_path, returned_to
from mespace.notifications.models import Delivery, Evidence, Notification
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Take = Callable[..., Inbound]
Make = Callable[..., bytes]


@pytest.fixture
def sent(cast: Cast) -> Delivery:
    """The mail with a question, taken by a server."""
    reply_address(asked(cast), to="engineer")
    delivery = Delivery.objects.filter(recipient=cast.users["engineer"]).latest("seq")
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=NOW, evidence="relay", next_attempt_at=None)
    delivery.refresh_from_db()
    return delivery


def warned(delivery: Delivery) -> int:
    return Notification.objects.filter(kind="undelivered", occasion=f"{delivery.pk}").count()


@pytest.mark.parametrize(("server", "make", "reason"), bounces.FAILED, ids=[each[0] for each in bounces.FAILED])
def test_a_bounce_in_a_server_s_own_words_marks_the_mail_and_warns_staff_once(
    sent: Delivery, take: Take, server: str, make: Make, reason: str
) -> None:
    raw = make(sent.message_id, sent.address)
    assert (take(raw).outcome, take(raw).remarks) == ("delivery_status", ["failed"])
    sent.refresh_from_db()
    assert (sent.state, sent.evidence) == ("returned", Evidence.RELAY)
    kept = sent.reports.get()
    assert kept.action == "failed"
    assert reason in kept.words
    assert reason in sent.reply_text
    assert not kept.is_evidence
    staff = warned(sent)
    assert staff > 0
    again = take(b"Received: from elsewhere\r\n" + raw)
    assert again.remarks == ["failed"]  # the same mail in the mailbox twice is one
    assert warned(sent) == staff


def test_a_warning_of_delay_moves_nothing(sent: Delivery, take: Take) -> None:
    assert take(bounces.exim_delayed(sent.message_id, sent.address)).remarks == ["delayed"]
    sent.refresh_from_db()
    assert (sent.state, sent.reports.get().action, warned(sent)) == ("sent", "delayed", 0)


@pytest.mark.parametrize(("server", "make", "reason"), bounces.FAILED, ids=[each[0] for each in bounces.FAILED])
def test_whoever_does_not_know_the_mail_marks_nothing(
    sent: Delivery, take: Take, server: str, make: Make, reason: str
) -> None:
    inbound = take(make("<guessed@example.org>", sent.address))
    sent.refresh_from_db()
    assert (inbound.outcome, sent.state, sent.reports.count(), warned(sent)) == ("unclear_bounce", "sent", 0, 0)
    assert "unknown_mail" in inbound.remarks


def test_a_bounce_about_another_address_marks_nothing(sent: Delivery, take: Take) -> None:
    inbound = take(bounces.exim(sent.message_id, "private@elsewhere.example"))
    sent.refresh_from_db()
    assert (inbound.outcome, inbound.remarks) == ("unclear_bounce", ["failed", "other_address"])
    assert sent.state == "sent"


def test_what_arrived_for_sure_is_not_taken_back_by_words(sent: Delivery, take: Take) -> None:
    Delivery.objects.filter(pk=sent.pk).update(evidence="confirmed", evidence_at=NOW)
    take(bounces.qmail(sent.message_id, sent.address))
    sent.refresh_from_db()
    assert (sent.state, sent.reports.get().action, warned(sent)) == ("sent", "failed", 0)


def test_a_signed_return_path_names_the_mail_where_nothing_is_given_back(
    sent: Delivery, take: Take, settings: Any
) -> None:
    settings.MAIL_SIGNED_RETURN_PATH = True
    path = return_path(sent)
    assert path.startswith(f"support+b-{sent.pk}-")
    assert returned_to(path.upper()) == sent.pk
    local, _at, domain = path.partition("@")
    forged = f"{local[:-1]}{'b' if local[-1] == 'a' else 'a'}@{domain}"
    assert take(bounces.says_nothing("", sent.address, to=forged)).outcome == "unclear_bounce"
    assert take(bounces.says_nothing("", sent.address, to=path)).remarks == ["failed"]
    sent.refresh_from_db()
    assert sent.state == "returned"


@pytest.mark.parametrize(
    "address",
    ["support@example.org", "support+b-1-@example.org", "support+b-x-y@example.org", "support+b-1-яя@example.org", "",
     "support+b-99999999999999999999-a@example.org", "support+c-1-a@example.org", "b-1-a@example.org", "@"],
)  # fmt: skip
def test_no_other_address_is_a_return_path(address: str, settings: Any) -> None:
    settings.MAIL_SIGNED_RETURN_PATH = True
    assert returned_to(address) is None


@pytest.mark.parametrize("make", [bounces.says_nothing, bounces.in_riddles])
def test_a_bounce_that_fits_no_mail_waits_for_a_person(cast: Cast, sent: Delivery, take: Take, make: Make) -> None:
    inbound = take(make(sent.message_id, sent.address))
    assert inbound.outcome == "unclear_bounce"
    assert not inbound.answers.exists()
    assert to_be_seen(actor=cast.administrator)["unclear"] == 1
    client = Client()
    client.force_login(cast.users["administrator"])
    page = client.get("/inbound/?state=unclear").content.decode()
    assert f"/inbound/{inbound.pk}/" in page
    with pytest.raises(Refused):
        look_at(actor=cast.auditor, now=NOW, inbound_id=inbound.pk)
    first = look_at(actor=cast.administrator, now=NOW, inbound_id=inbound.pk)
    look_at(actor=cast.administrator, now=NOW + timedelta(hours=1), inbound_id=inbound.pk)
    first.refresh_from_db()
    assert (first.looked_at, first.looked_by) == (NOW, cast.users["administrator"])
    assert to_be_seen(actor=cast.administrator)["unclear"] == 0
    assert f"/inbound/{inbound.pk}/" not in client.get("/inbound/?state=unclear").content.decode()
    assert cast.users["administrator"].full_name in client.get(f"/inbound/{inbound.pk}/").content.decode()


def test_a_report_by_the_standard_about_a_mail_outside_the_ledger_waits_for_a_person(cast: Cast, take: Take) -> None:
    """Invitations are in no ledger."""
    failed = take(corpus.bounce(message_id="<invitation@example.org>", recipient="new@zavod.example"))
    assert (failed.outcome, failed.remarks) == ("unclear_bounce", ["failed", "unknown_mail"])
    raw = corpus.bounce(message_id="<other@x>", recipient="new@zavod.example", action="delivered", server="yandex")
    assert take(raw).outcome == "delivery_status"


@pytest.mark.parametrize(
    ("subject", "prose", "action"),
    [
        ("failure notice", "<a@b>:\nI wasn't able to establish an SMTP connection. (#4.4.1)\nI've given up.", "failed"),
        ("Delivery Status Notification (Delay)", "Будут предприняты новые попытки", "delayed"),
        ("Доставка отложена", "Попытки доставки будут продолжены. 451 4.7.1 серый список", "delayed"),
        ("Undeliverable: hello", "", "failed"),
        ("Hello", "All is well at 10.5.1.17", ""),
        ("Returned mail: see transcript", "----- Transcript -----\n<<< 554 5.0.0 Service unavailable", "failed"),
    ],
)  # fmt: skip
def test_what_the_words_say(subject: str, prose: str, action: str) -> None:
    assert told_in(subject, prose).action == action


def test_an_ordinary_mail_with_a_bounce_s_subject_is_none() -> None:
    person = corpus.plain(subject="Undelivered goods", Return_Path=f"<{corpus.STRANGER}>")
    assert not is_bounce(read_letter(io.BytesIO(person)).root)
    away = corpus.plain(subject="Автоматический ответ: в отпуске", Return_Path="<>", Auto_Submitted="auto-replied")
    assert not is_bounce(read_letter(io.BytesIO(away)).root)
