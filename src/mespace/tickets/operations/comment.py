"""A message that moves nothing, or, from a customer in a waiting status, the reaction itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Audience, MailedMessage, Message, MessageKind, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import write_message
from mespace.tickets.operations._steps import step_react


@dataclass(frozen=True)
class ByMail:
    """The mail that a message came by: its whole text, when it arrived, and which files were not taken."""

    whole: str
    received_at: datetime
    refused_files: Sequence[str] = ()


@dataclass(frozen=True)
class Remark:
    """A message; `internal` is for staff only."""

    body: str
    internal: bool = False
    attachment_ids: Sequence[int] = ()
    by_mail: ByMail | None = None


def comment(*, ticket_id: int, actor: Actor, now: datetime, remark: Remark, key: str | None = None) -> Ticket:
    """The ticket with the message.

    A customer's message in a waiting status returns the ticket to `analysis`; in any other status it
    changes nothing but the unread mark. An internal remark reaches no customer.

    Raises TicketNotFound, Refused, Invalid (empty, too long, closed).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="comment", content=remark) as act:
        if act.repeated:
            return act.ticket
        if remark.internal:
            actor.require(Permission.TICKET_WORK)
            kind, audience = MessageKind.NOTE, Audience.STAFF
        elif actor.is_customer:
            actor.require(Permission.TICKET_REACT)
            kind, audience = MessageKind.COMMENT, Audience.CUSTOMER
            if not act.ticket.is_open_work:
                raise Invalid({"": _("This request is closed. Reopen it, or continue in a new one.")})
        else:
            actor.require(Permission.TICKET_WORK)
            kind, audience = MessageKind.COMMENT, Audience.CUSTOMER
        reacts = actor.is_customer and act.ticket.is_waiting
        written = write_message(
            act,
            body=remark.body,
            kind=MessageKind.REACTION if reacts else kind,
            audience=audience,
            attachment_ids=remark.attachment_ids,
        )
        if remark.by_mail is not None:
            _keep_mail(written.message, remark.by_mail)
        if reacts:
            step_react(act, payload=written.payload)
        else:
            act.record(Kind.COMMENTED, {**written.payload, "audience": audience.value})
        act.answer = {"message": written.message.pk}
    return act.ticket


def _keep_mail(message: Message, mail: ByMail) -> None:
    whole = mail.whole.replace("\x00", "").strip()
    MailedMessage.objects.create(
        message=message,
        received_at=mail.received_at,
        whole=whole if whole != message.body else "",
        refused_files=list(mail.refused_files),
    )
