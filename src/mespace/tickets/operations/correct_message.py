"""Correcting one's own message; the former text is kept."""

from datetime import datetime

from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.ledger.canonical import new_salt, salted_digest
from mespace.platform.markdown import RENDERER, render
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Message, MessageKind, MessageRevision, RemoteSession, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations._messages import clean_text
from mespace.tickets.operations._steps import step_react
from mespace.tickets.search import index_again


def correct_message(
    *, ticket_id: int, actor: Actor, now: datetime, message_id: int, body: str, key: str | None = None
) -> Ticket:
    """The ticket with the corrected message. Only its author may correct it; the same text changes nothing.

    A customer's correction in a waiting status is a reaction: the answer may well be put into the description.
    Raises TicketNotFound, Refused, Invalid (removed, gone, empty, a session's purpose that was agreed to).
    """
    with acting(
        ticket_id=ticket_id, actor=actor, now=now, key=key, name="correct_message", content=[message_id, body]
    ) as act:
        if act.repeated:
            return act.ticket
        message = readable_message(act.ticket, message_id, actor)
        if message.author_id != actor.user_id:
            raise Refused("message.correct")
        if message.removed_at is not None:
            raise Invalid({"": _("This message was removed.")})
        if message.kind == MessageKind.SESSION and _is_agreed_to(message):
            raise Invalid({"": _("The customer has agreed to this text. Cancel the session and propose it anew.")})
        text = clean_text(body)
        if text == message.body:
            return act.ticket
        MessageRevision.objects.create(
            message=message,
            body=message.body,
            html=message.html,
            salt=message.salt,
            digest=salted_digest(message.salt, message.body),
            replaced_at=now,
            replaced_by_id=actor.user_id,
        )
        message.body, message.html, message.renderer = text, render(text), RENDERER
        message.salt, message.corrected_at = new_salt(), now
        message.save(update_fields=["body", "html", "renderer", "salt", "corrected_at"])
        index_again(act.ticket)
        act.record(
            Kind.MESSAGE_CORRECTED,
            {"message": message.pk, "digest": salted_digest(message.salt, text), "audience": str(message.audience)},
        )
        if actor.is_customer and act.ticket.is_waiting:
            step_react(act)
    return act.ticket


def readable_message(ticket: Ticket, message_id: int, actor: Actor) -> Message:
    """The message of the ticket, if the actor may read it; raises Invalid otherwise."""
    from mespace.tickets.queries.messages import messages_for

    message = messages_for(actor).filter(ticket=ticket, pk=message_id).first()
    if message is None:
        raise Invalid({"": _("This message is not there.")})
    return message


def _is_agreed_to(message: Message) -> bool:
    """Whether it says what for a session is that somebody of the customer has agreed to."""
    return RemoteSession.objects.filter(purpose=message, consented_at__isnull=False).exists()
