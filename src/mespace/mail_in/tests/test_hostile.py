"""Mails made to do harm: kept, read in bounded time, and never let to act beyond what an ordinary one may."""

import io
import time
from collections.abc import Callable

import pytest
from django.core import mail as outbox

from mespace.mail_in.digest import content_digest
from mespace.mail_in.mime.headers import sent_at
from mespace.mail_in.mime.letter import read_letter
from mespace.mail_in.models import AutoAnswer, Inbound
from mespace.mail_in.operations.send_answer import send_answer
from mespace.mail_in.tests import corpus, hostile
from mespace.mail_in.tests.conftest import NOW
from mespace.mail_in.tests.test_handling import asked, reply_address
from mespace.notifications.models import Delivery
from mespace.notifications.operations.notify import notify
from mespace.tickets.models import Contact
from mespace.tickets.tests.operations.logs import fresh, log
from tests.cast import Cast

Take = Callable[..., Inbound]
MOST_SECONDS = 8  # of this process's own time, however busy the machine is


@pytest.mark.parametrize("name", hostile.all_of_them())
def test_reading_it_takes_no_time(name: str) -> None:
    raw = hostile.all_of_them()[name]
    began = time.process_time()
    letter = read_letter(io.BytesIO(raw))
    content_digest(io.BytesIO(raw), size=len(raw))
    sent_at(letter.headers)
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.django_db
def test_each_ends_and_none_is_lost(cast: Cast, take: Take) -> None:
    mails = hostile.all_of_them()
    began = time.process_time()
    ended = {name: take(raw) for name, raw in mails.items()}
    assert {name: row.state for name, row in ended.items() if row.state != "done"} == {}
    assert Inbound.objects.count() == len(mails)
    assert ended["nested multiparts"].outcome == "unclear_bounce"
    assert {row.outcome for name, row in ended.items() if name != "nested multiparts"} == {"contact"}
    assert time.process_time() - began < MOST_SECONDS * 5
    for answer in AutoAnswer.objects.all():
        send_answer(answer_id=answer.pk, now=NOW)
    assert {one.to[0] for one in outbox.outbox} == {corpus.STRANGER}  # one in a day


@pytest.mark.django_db
def test_line_breaks_in_a_subject_put_nothing_into_our_answer(cast: Cast, take: Take) -> None:
    inbound = take(hostile.injected())
    assert "\n" not in inbound.subject + inbound.sender_name
    send_answer(answer_id=AutoAnswer.objects.get().pk, now=NOW)
    [sent] = outbox.outbox
    message = sent.message()
    assert (message["Bcc"], message["To"], sent.recipients()) == (None, corpus.STRANGER, [corpus.STRANGER])
    head = message.as_bytes().partition(b"\n\n")[0]
    assert not any(line.lower().startswith(b"bcc") for line in head.split(b"\n"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sender",
    ['"a,b"@zavod.example', "иван@zavod.example", "a@localhost", "a@-", "a..b@zavod.example", "a@zavod.example."],
)
def test_an_odd_address_is_a_contact_s_and_is_written_to_only_where_it_is_safe(
    cast: Cast, take: Take, sender: str
) -> None:
    inbound = take(f"From: {sender}\r\nTo: {corpus.SUPPORT}\r\nMessage-ID: <odd@x>\r\n\r\nТекст".encode())
    assert inbound.outcome == "contact"
    answers = list(AutoAnswer.objects.all())
    for answer in answers:
        sent = send_answer(answer_id=answer.pk, now=NOW)
        assert sent is not None
        assert (sent.state, sent.address) == ("sent", "a@zavod.example")
    assert bool(answers) is sender.endswith(".example.")


@pytest.mark.django_db
def test_an_answer_among_ten_thousand_recipients_is_taken_by_its_addressee_alone(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    to = reply_address(ticket, to="engineer")
    assert take(hostile.crowd(first=to)).outcome == "contact"  # a stranger's
    raw = hostile.crowd(first=to).replace(corpus.STRANGER.encode(), corpus.ENGINEER.encode())
    assert take(raw).outcome == "reaction"
    assert fresh(ticket).status == "analysis"


@pytest.mark.django_db
def test_mails_without_a_message_id_are_told_apart_by_what_they_say(cast: Cast, take: Take) -> None:
    first, second, again = (take(corpus.plain(words, message_id="")) for words in ("Раз", "Два", "Раз"))
    assert first.pk == again.pk != second.pk
    assert Contact.objects.count() == 2


@pytest.mark.django_db
def test_another_sender_s_mail_with_the_same_message_id_is_not_swallowed(cast: Cast, take: Take) -> None:
    first = take(corpus.plain("Настоящее"))
    second = take(corpus.plain("Чужое", sender="other@elsewhere.example"))
    assert first.message_id == second.message_id
    assert first.pk != second.pk
    assert {contact.said for contact in Contact.objects.all()} == {"Настоящее", "Чужое"}


@pytest.mark.django_db
def test_another_sender_s_mail_with_the_message_id_of_an_answer_does_not_replace_it(cast: Cast, take: Take) -> None:
    """Whoever guesses the Message-ID of an answer that is still under way cannot keep it out."""
    ticket = asked(cast)
    to = reply_address(ticket, to="engineer")
    take(corpus.plain("Подделка", sender="evil@elsewhere.example", message_id="<answer@zavod.example>"))
    genuine = take(corpus.plain("ZT410", sender=corpus.ENGINEER, to=to, message_id="<answer@zavod.example>"))
    assert genuine.outcome == "reaction"
    assert fresh(ticket).status == "analysis"


@pytest.mark.django_db
def test_a_sealed_letter_and_an_invitation_become_contacts_with_what_can_be_kept(cast: Cast, take: Take) -> None:
    sealed, invitation = take(hostile.sealed()), take(hostile.invitation())
    assert "signed_envelope" in sealed.remarks
    assert invitation.contact is not None
    assert invitation.contact.said == "Приглашаем на разбор"
    assert (
        take(hostile.tracked()).contact.said
        == "Здравствуйте!\n\nПринтер молчит, см. страницу <https://zavod.example/wiki>."
    )  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_person_with_a_russian_domain_answers_by_mail(cast: Cast, take: Take) -> None:
    user = cast.users["engineer"]
    user.email = "engineer@завод.рф"
    user.save(update_fields=["email"])
    ticket = asked(cast)
    for event in log(ticket):
        notify(ticket_id=ticket.pk, first_seq=event.seq, last_seq=event.seq, now=NOW)
    delivery = Delivery.objects.filter(recipient=user).latest("seq")
    to = f"support+{delivery.reply_token}@example.org"
    raw = corpus.plain("ZT410", sender="engineer@xn--80aegj1b.xn--p1ai", to=to)
    assert take(raw).outcome == "reaction"
    assert take(corpus.plain(sender="engineer@xn--80aegj1b.xn--p1ai", message_id="<c@x>")).contact.person == user  # type: ignore[union-attr]
