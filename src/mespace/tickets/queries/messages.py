"""Which messages and files a person may read."""

from django.db.models import QuerySet

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.tickets.models import Attachment, Audience, Message, Ticket
from mespace.tickets.visibility import visible


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Messages of tickets that the actor sees; internal ones only for those who may read them."""
    rows = (
        Message.objects.filter(ticket__in=Ticket.objects.visible_to(actor))
        if visible(actor) is not None
        else Message.objects.none()
    )
    if not actor.can(Permission.TICKET_READ_INTERNAL):
        rows = rows.filter(audience=Audience.CUSTOMER)
    return rows


def attachment_for(actor: Actor, attachment_id: int) -> Attachment | None:
    """The file, if the actor may read its message, or uploaded it and has not sent it yet; else None."""
    file = Attachment.objects.filter(pk=attachment_id, removed_at__isnull=True).first()
    if file is None:
        return None
    if file.message_id is None:
        return file if actor.is_person and file.uploaded_by_id == actor.user_id else None
    return file if messages_for(actor).filter(pk=file.message_id).exists() else None


def attachments_of(actor: Actor, ticket: Ticket) -> list[Attachment]:
    """The ticket's files that the actor may read, in order, without removed ones."""
    return list(
        Attachment.objects.filter(ticket=ticket, removed_at__isnull=True, message__in=messages_for(actor)).order_by(
            "pk"
        )
    )
