"""An answer to a notification, from the very person to whom it went."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.customers.actors import actor_of
from mespace.ledger.models import Event
from mespace.mail_in.mime.authentication import is_authenticated
from mespace.mail_in.mime.letter import Letter
from mespace.mail_in.mime.reply_text import Cut, cut_reply
from mespace.mail_in.models import Inbound, Outcome
from mespace.notifications.channels.mail.reply import MARK
from mespace.notifications.models import Delivery
from mespace.notifications.queries import delivery_by_reply_token
from mespace.platform.addresses import ascii_address
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Audience, Message, MessageKind, Ticket
from mespace.tickets.operations._messages import LONGEST_TEXT, MOST_FILES
from mespace.tickets.operations.comment import ByMail, Remark, comment
from mespace.tickets.operations.uploads import upload

LONGEST_WHOLE = 200_000
_MEANT_AS_TEXT = re.compile(r"^(#{1,6}(?=\s)|[-=]+\s*$|\s{4,})", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """The answer is on the ticket; the names of files that were not taken."""

    outcome: Outcome
    ticket_id: int
    refused_files: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotTaken:
    """It is not: why, which ticket it may be about, and whether its sender is the one to whom the mail had gone."""

    remarks: tuple[str, ...] = ()
    ticket_id: int | None = None
    of_addressee: bool = False


def take_reply(inbound: Inbound, letter: Letter, *, token: str, now: datetime) -> Taken | NotTaken:
    """Put the answer on its ticket by the ordinary operation, in its sender's own right; nothing else is changed.

    Needs the secret address and the sender to agree, and the mail server's word where one is trusted.
    """
    delivery = delivery_by_reply_token(token)
    if delivery is None or delivery.ticket_id is None:
        return NotTaken()
    sender, person = letter.sender, delivery.recipient
    if sender is None or sender.address != ascii_address(person.email.lower()):
        return NotTaken(("other_sender",), delivery.ticket_id)
    if settings.MAIL_AUTHSERV_ID and not is_authenticated(letter.headers, sender, server=settings.MAIL_AUTHSERV_ID):
        return NotTaken(("not_authenticated",), delivery.ticket_id)
    actor = actor_of(person)
    ticket = Ticket.objects.visible_to(actor).filter(pk=delivery.ticket_id).first()
    if ticket is None:
        return NotTaken(("no_longer_sees",), delivery.ticket_id, of_addressee=True)
    if not inbound.is_whole:
        return NotTaken(("cut_short",), ticket.pk, of_addressee=True)
    return _written(inbound, letter, delivery=delivery, ticket=ticket, actor=actor, now=now)


def _written(
    inbound: Inbound, letter: Letter, *, delivery: Delivery, ticket: Ticket, actor: Actor, now: datetime
) -> Taken | NotTaken:
    whole = letter.text[:LONGEST_WHOLE]
    cut = cut_reply(whole, mark=MARK)
    internal = not actor.is_customer and not _is_for_the_customer(ticket, delivery, cut)
    if not (actor.can(Permission.TICKET_REACT) or actor.can(Permission.TICKET_WORK)):
        return NotTaken(("refused",), ticket.pk, of_addressee=True)
    try:
        ids, refused = _uploaded(letter, actor=actor, now=now)
        body = _as_written(cut.text)[:LONGEST_TEXT]
        if not body and not ids:
            return NotTaken(("empty",), ticket.pk, of_addressee=True)
        by_mail = ByMail(whole=whole, received_at=inbound.arrived_at, refused_files=refused)
        remark = Remark(body or "…", internal=internal, attachment_ids=ids, by_mail=by_mail)
        comment(ticket_id=ticket.pk, actor=actor, now=now, remark=remark, key=f"mail-{inbound.pk}")
    except Refused:
        return NotTaken(("refused",), ticket.pk, of_addressee=True)
    except Invalid:
        return NotTaken(("closed" if not ticket.is_open_work else "refused",), ticket.pk, of_addressee=True)
    return Taken(_outcome(ticket, actor), ticket.pk, refused)


def _outcome(ticket: Ticket, actor: Actor) -> Outcome:
    message = Message.objects.filter(ticket=ticket, author_id=actor.person_id).order_by("-pk").first()
    kinds = {MessageKind.REACTION: Outcome.REACTION, MessageKind.NOTE: Outcome.NOTE}
    return kinds.get(MessageKind(message.kind), Outcome.COMMENT) if message is not None else Outcome.COMMENT


def _is_for_the_customer(ticket: Ticket, delivery: Delivery, cut: Cut) -> bool:
    """Whether an employee's answer may go to the customer; anything else becomes an internal note.

    What they answer must have come from the customer's person, and nothing of what was quoted may be left in it.
    """
    event = Event.objects.filter(stream_id=ticket.stream_id, seq=delivery.seq).first()
    message_id = event.payload.get("message") if event is not None else None
    if message_id is None or not cut.clean:
        return False
    message = Message.objects.filter(pk=message_id, ticket=ticket).select_related("author").first()
    return message is not None and message.audience == Audience.CUSTOMER and message.author.is_customer


def _uploaded(letter: Letter, *, actor: Actor, now: datetime) -> tuple[list[int], tuple[str, ...]]:
    ids: list[int] = []
    refused: list[str] = []
    for file in letter.files:
        if len(ids) >= MOST_FILES:
            refused.append(file.name[:200])
            continue
        try:
            ids.append(upload(actor=actor, now=now, name=file.name, chunks=file.chunks()).pk)
        except Invalid:
            refused.append(file.name[:200])
    return ids, tuple(refused)


def _as_written(text: str) -> str:
    """The text as Markdown that shows what was typed: what would become a heading or code by accident stays text."""
    return _MEANT_AS_TEXT.sub(lambda found: "\\" + found[0] if found[0].strip() else "", text)
