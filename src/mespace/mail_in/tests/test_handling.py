"""What becomes of each mail: an answer on its ticket, a contact, a report; once, in the sender's right, none lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mespace.mail_in import answer_texts
from mespace.mail_in.models import Arrival, AutoAnswer, Inbound
from mespace.mail_in.operations.handle_inbound import handle_inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.mail_in.tests import corpus
from mespace.mail_in.tests.conftest import NOW
from mespace.notifications.models import Delivery
from mespace.notifications.operations.notify import notify
from mespace.tickets.models import Attachment, Audience, Contact, Message, Ticket
from mespace.tickets.operations._pace import WRITING, pace
from mespace.tickets.operations._steps import Question
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.remove_message import remove_message
from mespace.tickets.operations.withdraw import withdraw
from mespace.tickets.queries.ticket import ticket_view
from mespace.tickets.tests.operations.logs import fresh, log, sound
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db
Take = Callable[..., Inbound]
MARK = "##- Напишите ответ выше этой строки -##"


def asked(cast: Cast) -> Ticket:
    ticket = cast.file()
    return accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель принтера?"))


def reply_address(ticket: Ticket, *, to: str) -> str:
    """The secret address in the newest mail about the ticket to somebody of the cast."""
    for event in log(ticket):
        notify(ticket_id=ticket.pk, first_seq=event.seq, last_seq=event.seq, now=NOW)
    delivery = Delivery.objects.filter(recipient__email=f"{to}@example.org", subject_id=ticket.pk).latest("seq")
    return f"support+{delivery.reply_token}@example.org"


def answered(
    ticket: Ticket, text: str = "ZT410", *, by: str = "engineer", to: str | None = None, **headers: str
) -> bytes:
    address = reply_address(ticket, to=to or by)
    quoted = f"{text}\n\n18.11.2026 10:15, MESPACE Support пишет:\n> {MARK}\n> Какая модель принтера?\n"
    return corpus.plain(quoted, sender=f"{by}@example.org", to=address, **headers)


def test_an_answer_by_its_addressee_is_the_customer_s_reaction(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    inbound = take(answered(ticket))
    assert (inbound.outcome, inbound.ticket) == ("reaction", ticket)
    assert fresh(ticket).status == "analysis"
    message = Message.objects.filter(ticket=ticket).latest("pk")
    assert (message.body, message.author, message.kind) == ("ZT410", cast.users["engineer"], "reaction")
    assert "Какая модель" in message.mailed.whole
    assert log(ticket)[-1].actor == f"user:{cast.engineer.user_id}"
    assert not AutoAnswer.objects.exists()
    assert sound()


def test_an_answer_that_comes_too_fast_waits_and_is_not_lost(cast: Cast, take: Take, settings: Any) -> None:
    ticket = asked(cast)
    mail = answered(ticket)
    settings.RATE_LIMIT_FACTOR = 1
    for _ in range(WRITING.most):
        pace(WRITING, actor=cast.engineer, now=NOW)
    inbound = take(mail)
    assert (inbound.state, inbound.attempts) == ("waiting", 0)
    later = inbound.next_attempt_at
    assert later is not None
    handle_inbound(inbound_id=inbound.pk, now=later)
    inbound.refresh_from_db()
    assert (inbound.outcome, fresh(ticket).status) == ("reaction", "analysis")


def test_in_any_other_status_it_is_a_message(cast: Cast, take: Take) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Смотрим."))
    assert take(answered(ticket)).outcome == "comment"
    assert fresh(ticket).status == "open"
    assert fresh(ticket).reacted_at is None


def test_the_same_mail_again_changes_nothing(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    raw = answered(ticket)
    trace = b"Received: from elsewhere by mx.example.org; Wed, 18 Nov 2026 09:31:00 +0300\r\nDelivered-To: x@y\r\n"
    first, again = take(raw), take(trace + raw)
    assert first.pk == again.pk
    assert Arrival.objects.count() == 2
    handle_inbound(inbound_id=first.pk, now=NOW + timedelta(hours=1))
    assert Message.objects.filter(ticket=ticket, author=cast.users["engineer"]).count() == 2  # description and answer
    other = take(raw.replace(b"ZT410", b"ZT411"))
    assert other.pk != first.pk


def test_the_address_alone_gives_no_right(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    for sender in ("stranger@example.org", "colleague@example.org", "evil@elsewhere.example"):
        inbound = take(
            corpus.plain("ZT410", sender=sender, to=reply_address(ticket, to="engineer"), message_id=f"<{sender}>")
        )
        assert inbound.outcome == "contact"
        assert inbound.remarks == ["other_sender"]
    assert fresh(ticket).status == "info_requested"
    contact = Contact.objects.latest("pk")
    assert (contact.about, contact.ticket) == (ticket, None)


def test_the_sender_alone_gives_no_right(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    inbound = take(corpus.plain("ZT410", sender="engineer@example.org", subject=f"Re: {ticket.key}"))
    assert inbound.outcome == "contact"
    contact = Contact.objects.get()
    assert (contact.person, contact.customer) == (cast.users["engineer"], cast.factory)
    assert fresh(ticket).status == "info_requested"


def test_two_senders_are_nobody(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    to = reply_address(ticket, to="engineer")
    raw = f"From: engineer@example.org, evil@x.example\r\nTo: {to}\r\n\r\nZT410".encode()
    assert take(raw).outcome == "contact"
    assert fresh(ticket).status == "info_requested"


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ("mx.example.org; dmarc=pass header.from=example.org", "reaction"),
        ("mx.example.org; dmarc=fail", "contact"),
        ("", "contact"),
    ],
)
def test_where_a_mail_server_is_trusted_its_word_is_needed(
    cast: Cast, take: Take, settings: Any, results: str, outcome: str
) -> None:
    settings.MAIL_AUTHSERV_ID = "mx.example.org"
    headers = {"Authentication_Results": results} if results else {}
    assert take(answered(asked(cast), **headers)).outcome == outcome


@pytest.mark.parametrize("header", ["Cc", "Delivered_To", "X_Original_To"])
def test_the_address_is_found_in_other_headers(cast: Cast, take: Take, header: str) -> None:
    ticket = asked(cast)
    to = reply_address(ticket, to="engineer")
    raw = corpus.plain("ZT410", sender="engineer@example.org", to="somebody@example.org", **{header: to.upper()})
    assert take(raw).outcome == "reaction"


def test_files_and_pictures_come_along_and_refused_ones_are_named(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    raw = corpus.multipart(
        corpus.text("Смотрите"),
        corpus.attached("журнал.txt", b"offline"),
        corpus.attached("снимок.png", corpus.PNG, "png", inline=True),
        corpus.attached("setup.exe", b"MZ" + b"\0" * 200),
        sender="engineer@example.org",
        to=reply_address(ticket, to="engineer"),
    )
    assert take(raw).remarks == ["files_refused"]
    message = Message.objects.filter(ticket=ticket).latest("pk")
    assert sorted(file.name for file in message.attachments.all()) == ["журнал.txt", "снимок.png"]
    assert message.mailed.refused_files == ["setup.exe"]
    assert AutoAnswer.objects.get().kind == "files_refused"


def test_an_answer_of_files_alone_is_an_answer(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    raw = corpus.multipart(
        corpus.text(f"\n\n> {MARK}\n> Пришлите журнал"),
        corpus.attached("журнал.txt", b"offline"),
        sender="engineer@example.org",
        to=reply_address(ticket, to="engineer"),
    )
    assert take(raw).outcome == "reaction"
    assert Attachment.objects.get(ticket=ticket).name == "журнал.txt"


def test_an_empty_answer_is_a_contact_and_moves_nothing(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    inbound = take(answered(ticket, ""))
    assert (inbound.outcome, inbound.remarks) == ("contact", ["empty"])
    assert fresh(ticket).status == "info_requested"


def test_an_answer_to_a_closed_request_is_not_lost(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    raw = answered(ticket)
    withdraw(ticket_id=ticket.pk, actor=cast.engineer, now=NOW)
    inbound = take(raw)
    assert (inbound.outcome, inbound.remarks) == ("contact", ["closed"])
    assert Contact.objects.get().about == ticket
    assert AutoAnswer.objects.get().kind == "not_taken"
    assert fresh(ticket).status == "closed"


def test_who_no_longer_sees_the_ticket_writes_nothing_on_it(cast: Cast, take: Take) -> None:
    ticket = cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.contractor.user_id)
    raw = answered(ticket, by="contractor")
    assign(ticket_id=ticket.pk, actor=cast.agent, now=NOW, to_user_id=cast.second_agent.user_id)
    count = Message.objects.filter(ticket=ticket).count()
    inbound = take(raw)
    assert (inbound.outcome, inbound.remarks) == ("contact", ["no_longer_sees"])
    assert Message.objects.filter(ticket=ticket).count() == count
    text = answer_texts.answer_body(AutoAnswer.objects.get())
    assert ticket.key not in text
    assert ticket.subject not in text


def test_a_disabled_person_s_answer_is_a_stranger_s(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    raw = answered(ticket)
    user = cast.users["engineer"]
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert take(raw).outcome == "contact"
    assert Contact.objects.get().person is None


def test_an_agent_s_answer_to_the_customer_s_message_is_a_message_and_never_a_reaction(cast: Cast, take: Take) -> None:
    ticket = cast.file()
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=WEDNESDAY, remark=Remark("Что слышно?"))
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.agent.user_id)
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, remark=Remark("Ау!"))
    inbound = take(answered(ticket, "Смотрим.", by="agent"))
    assert inbound.outcome == "comment"
    assert (fresh(ticket).status, fresh(ticket).reacted_at) == ("open", None)
    message = Message.objects.filter(ticket=ticket).latest("pk")
    assert (message.body, message.audience) == ("Смотрим.", Audience.CUSTOMER)
    seen = ticket_view(actor=cast.engineer, key=ticket.key, now=NOW).entries[-1]
    assert seen.mailed is not None
    assert seen.mailed.whole == ""
    assert "пишет" in ticket_view(actor=cast.agent, key=ticket.key, now=NOW).entries[-1].mailed.whole


def test_an_agent_s_answer_to_an_internal_note_or_without_the_mark_stays_inside(cast: Cast, take: Take) -> None:
    ticket = cast.file()
    assign(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.agent.user_id)
    comment(ticket_id=ticket.pk, actor=cast.second_agent, now=WEDNESDAY, remark=Remark("Секрет", internal=True))
    assert take(answered(ticket, "Понял.", by="agent")).outcome == "note"
    comment(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, remark=Remark("Что слышно?"))
    to = reply_address(ticket, to="agent")
    unclear = "Смотрим.\n\nкто-то написал:\n> Секрет\n"
    assert take(corpus.plain(unclear, sender="agent@example.org", to=to, message_id="<m2@x>")).outcome == "note"
    texts = [
        entry.message.body
        for entry in ticket_view(actor=cast.engineer, key=ticket.key, now=NOW).entries
        if entry.message
    ]
    assert all("Секрет" not in text and "Понял" not in text for text in texts)


@pytest.mark.parametrize("who", ["manager", "administrator"])
def test_who_may_only_read_writes_nothing_by_mail(cast: Cast, take: Take, who: str) -> None:
    ticket = asked(cast)
    to = reply_address(ticket, to="engineer")
    token = to.partition("+")[2].partition("@")[0]
    Delivery.objects.filter(reply_token=token).update(recipient=cast.users[who])
    assert take(corpus.plain("Привет", sender=f"{who}@example.org", to=to)).outcome == "contact"
    assert fresh(ticket).status == "info_requested"


def test_a_removed_message_leaves_nothing_of_its_mail(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    take(answered(ticket, "Пароль 12345"))
    message = Message.objects.filter(ticket=ticket).latest("pk")
    remove_message(ticket_id=ticket.pk, actor=cast.engineer, now=NOW, message_id=message.pk)
    message.mailed.refresh_from_db()
    assert message.mailed.whole == ""


def test_a_stranger_s_mail_is_a_contact_and_is_answered_in_both_languages(cast: Cast, take: Take) -> None:
    inbound = take(corpus.plain())
    contact = Contact.objects.get()
    assert inbound.contact == contact
    assert (contact.channel, contact.caller_address, contact.caller_name) == ("mail", corpus.STRANGER, "Пётр Петров")
    assert (contact.subject, contact.said) == ("Не печатает", "Принтер молчит с утра.")
    assert contact.at == NOW - timedelta(minutes=5)
    answer = AutoAnswer.objects.get()
    text = answer_texts.answer_body(answer)
    assert "https://mes.example" in text
    assert "Hello!" in text
    assert "Здравствуйте!" in text


def test_a_known_person_is_answered_in_their_language(cast: Cast, take: Take) -> None:
    user = cast.users["engineer"]
    user.language = "en"
    user.save(update_fields=["language"])
    take(corpus.plain(sender="engineer@example.org"))
    assert AutoAnswer.objects.get().languages == "en"


def test_an_address_is_answered_once_a_day(cast: Cast, take: Take) -> None:
    for number in range(5):
        take(corpus.plain(message_id=f"<{number}@zavod.example>"))
    assert (Contact.objects.count(), AutoAnswer.objects.count()) == (5, 1)
    take(corpus.plain(message_id="<tomorrow@zavod.example>"), now=NOW + timedelta(days=1))
    assert AutoAnswer.objects.count() == 2


def test_a_mail_that_is_too_large_is_kept_in_part_and_answered(cast: Cast, settings: Any) -> None:
    settings.MAX_MAIL_BYTES = 200_000
    raw = corpus.plain("я" * 300_000)
    found = Found(Place("INBOX", 1, 1), len(raw) + 5_000_000, NOW, iter([raw[:150_000], raw[150_000:]]))
    inbound = keep_message(now=NOW, found=found)
    assert not inbound.is_whole
    handle_inbound(inbound_id=inbound.pk, now=NOW)
    assert Contact.objects.get().remarks == ["cut_short"]
    assert AutoAnswer.objects.get().kind == "too_large"


def test_a_server_s_report_reaches_the_ledger_of_mails(cast: Cast, take: Take) -> None:
    ticket = asked(cast)
    reply_address(ticket, to="engineer")
    delivery = Delivery.objects.filter(recipient=cast.users["engineer"]).latest("seq")
    Delivery.objects.filter(pk=delivery.pk).update(state="sent", sent_at=NOW, next_attempt_at=None)
    raw = corpus.bounce(message_id=delivery.message_id, recipient=delivery.address)
    assert take(raw).remarks == ["failed"]
    delivery.refresh_from_db()
    assert delivery.reports.get().action == "failed"
    assert take(corpus.bounce(message_id="<elsewhere@x>", recipient="x@y.example", server="yandex")).remarks == [
        "failed",
        "unknown_mail",
    ]
    exim = corpus.exim_bounce(message_id=delivery.message_id, recipient=delivery.address)
    assert take(exim).remarks == ["failed"]
