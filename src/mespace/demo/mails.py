"""Mails out and in of the last hours, each by the operations that an installation uses: sent, refused, lost, answered.

They stand outside the transaction in which the rest of the demo is made: a mail is claimed in a transaction of its own.
"""

import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from importlib.resources import files
from itertools import count
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.test.utils import override_settings  # nothing of it is about tests; it puts settings back, whatever happens

from mespace.demo.carrier import BREAKING, FATES, REFUSING, Carrier
from mespace.demo.fixed import filed
from mespace.demo.player import Player, Stage
from mespace.demo.world import Person
from mespace.ledger.models import Event
from mespace.mail_in.models import AutoAnswer, Inbound
from mespace.mail_in.operations.handle_inbound import AGAIN, MOST_ATTEMPTS, handle_inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.mail_in.operations.send_answer import send_answer
from mespace.notifications.channels.mail.reply import reply_address, reply_mark
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery
from mespace.notifications.operations.notify import notify
from mespace.notifications.operations.plan_digests import plan_digests
from mespace.notifications.operations.send_mail import send_mail
from mespace.notifications.operations.set_preferences import set_preferences
from mespace.platform.files import path_of
from mespace.tickets.operations.accept import accept

SUPPORT = "support@mespace.example"
READS_DIGESTS = ("demin", "nazarova")
_UIDS = count(1)


def play_mails(stage: Stage) -> None:
    """The mails, where the installation has no mail server; a demo on one that has mails nobody."""
    if settings.MAIL_IS_SET:
        return
    rows = tomllib.loads(files("mespace.demo").joinpath("data/mails.toml").read_text("utf-8"))
    with override_settings(MAIL_REPLY_ADDRESS=SUPPORT, MAIL_AUTHSERV_ID="", MAIL_SIGNED_RETURN_PATH=False):
        for name in READS_DIGESTS:
            actor = stage.world.person(name).actor
            set_preferences(actor=actor, timings=dict.fromkeys(Kind.values, "digest"), digest=True)
        coming = [
            each
            for row in sorted(rows["request"], key=itemgetter("ago"), reverse=True)
            for each in _request(stage, row)
        ]
        coming += [_stranger(stage, row) for row in rows["mail"]]
        for one in sorted(coming, key=lambda each: each.at):
            _take_in(one)
        for answer_id in AutoAnswer.objects.filter(state="planned").values_list("pk", flat=True):
            send_answer(answer_id=answer_id, now=stage.now)
        _digests(stage)


@dataclass(frozen=True)
class Coming:
    """A mail to support's mailbox, and whether it cannot be handled at first."""

    at: datetime
    mail: EmailMessage
    fails: bool = False


def _request(stage: Stage, row: dict[str, Any]) -> Iterator[Coming]:
    """A question to a customer's person, what became of the mail with it, and what comes back."""
    at = stage.now - timedelta(hours=row["ago"])
    player = filed(stage, at, code=row["code"], person=row["person"], story=row["story"])
    player.at = at + timedelta(minutes=38)
    player.act(accept, player.agent, then=player.question())
    for event in Event.objects.filter(stream_id=player.ticket.stream_id).order_by("seq"):
        notify(ticket_id=player.ticket.pk, first_seq=event.seq, last_seq=event.seq, now=player.at)
    about = Delivery.objects.filter(subject_id=player.ticket.pk, recipient=player.customer.user)
    question = about.get(kind=Kind.QUESTION)
    with _carried(question.address, row["fate"]):
        send_mail(delivery_id=question.pk, now=player.at + timedelta(minutes=1))
    question.refresh_from_db()
    if row["fate"] == "bounced":
        yield Coming(player.at + timedelta(minutes=9), _bounce(question))
    if "answer" in row:
        at = stage.now - timedelta(hours=row["answered_ago"])
        yield Coming(at, _answer(player, question, row["answer"], at))
    if "away" in row:
        yield Coming(player.at + timedelta(minutes=3), _away(player.customer, question, row["away"], player.at))


@contextmanager
def _carried(address: str, fate: str) -> Iterator[None]:
    """A mail server that does with the mail what the story says; where it says nothing of one, the folder."""
    if fate == "kept":
        yield
        return
    FATES[address] = fate if fate in {REFUSING, BREAKING} else ""
    try:
        with override_settings(EMAIL_BACKEND=f"{Carrier.__module__}.{Carrier.__name__}"):
            yield
    finally:
        FATES.clear()


def _answer(player: Player, question: Delivery, text: str, at: datetime) -> EmailMessage:
    quoted = "\n".join(f"> {line}" for line in (reply_mark(), "", player.text(player.plan.story.question)))
    words = f"{text}\n\n{at.astimezone(player.customer.zone):%d.%m.%Y %H:%M}, MESPACE Support пишет:\n{quoted}\n"
    subject = f"Re: [{player.ticket.key}] {Kind.QUESTION.label}: {player.ticket.subject}"
    mail = _mail(f"{player.customer.user.full_name} <{question.address}>", subject, words, at)
    mail.replace_header("To", reply_address(question))
    mail["In-Reply-To"] = question.message_id
    return mail


def _away(person: Person, question: Delivery, text: str, at: datetime) -> EmailMessage:
    mail = _mail(f"{person.user.full_name} <{question.address}>", "Автоматический ответ", text, at)
    mail.replace_header("To", reply_address(question))
    mail["Auto-Submitted"], mail["Return-Path"] = "auto-replied", "<>"
    return mail


def _bounce(question: Delivery) -> EmailMessage:
    """In a server's own words, with the headers of the mail that it gives back."""
    text = (
        f"This is the mail system at host mx.isetarm.example.\n\n<{question.address}>: host mail.isetarm.example said: "
        "552 5.2.2\n    Mailbox is full (in reply to RCPT TO command)\n\n"
        f"--- The headers of your message follow ---\n\nTo: {question.address}\nMessage-ID: {question.message_id}\n"
    )
    mail = _mail("MAILER-DAEMON@mx.isetarm.example", "Undelivered Mail Returned to Sender", text, question.created_at)
    mail["Return-Path"] = "<>"
    return mail


def _stranger(stage: Stage, row: dict[str, Any]) -> Coming:
    at = stage.now - timedelta(hours=row["ago"])
    mail = _mail(row["sender"], row["subject"], row["text"], at)
    mail["Return-Path"] = row.get("path") or f"<{row['sender'].rpartition('<')[2].strip('>')}>"
    return Coming(at, mail, fails=row.get("fails", False))


def _fail(inbound: Inbound, at: datetime) -> None:
    """The disk with the mail was away three times; it is back, so another try succeeds."""
    path = path_of(inbound.blob)
    away = path.with_suffix(".away")
    path.rename(away)
    logging.disable(logging.CRITICAL)  # the failures are wanted here, and would alarm whoever starts the demo
    try:
        for attempt in range(MOST_ATTEMPTS):
            handle_inbound(inbound_id=inbound.pk, now=at + attempt * AGAIN)
    finally:
        logging.disable(logging.NOTSET)
        away.rename(path)


def _mail(sender: str, subject: str, text: str, at: datetime) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, SUPPORT, subject, format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{next(_UIDS)}@mail.example>"
    mail.set_content(text)
    return mail


def _take_in(one: Coming) -> None:
    raw = one.mail.as_bytes()
    place = Place("INBOX", 1, next(_UIDS))
    found = Found(place, len(raw), one.at - timedelta(seconds=40), iter([raw]))
    inbound = keep_message(now=one.at, found=found)
    if one.fails:
        _fail(inbound, one.at)
    else:
        handle_inbound(inbound_id=inbound.pk, now=one.at)


def _digests(stage: Stage) -> None:
    """Those of the last working day, at its end or now, whichever is earlier."""
    at = stage.now
    while not stage.calendar.is_working(int(at.timestamp())):
        at -= timedelta(minutes=10)
    plan_digests(now=at)
    for delivery_id in Delivery.objects.filter(kind=Kind.DIGEST, state="planned").values_list("pk", flat=True):
        send_mail(delivery_id=delivery_id, now=max(at, stage.now))
