"""Removing a text or a file that was posted by mistake; a tombstone and the digest stay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.ledger.canonical import salted_digest
from mespace.platform.files import delete
from mespace.tickets.errors import Invalid
from mespace.tickets.events import Kind
from mespace.tickets.models import Attachment, MailedMessage, Ticket
from mespace.tickets.operations._act import acting
from mespace.tickets.operations.correct_message import readable_message
from mespace.tickets.search import index_again


def remove_message(*, ticket_id: int, actor: Actor, now: datetime, message_id: int, key: str | None = None) -> Ticket:
    """The ticket with the message's text, its former texts and salts gone for good; by its author or staff.

    Raises TicketNotFound, Refused, Invalid (removed already).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="remove_message", content=message_id) as act:
        if act.repeated:
            return act.ticket
        message = readable_message(act.ticket, message_id, actor)
        if message.author_id != actor.user_id and not actor.can(Permission.TICKET_WORK):
            raise Refused("message.remove")
        if message.removed_at is not None:
            raise Invalid({"": _("This message was removed before.")})
        digest = salted_digest(message.salt, message.body)
        message.revisions.update(body="", html="", salt="")
        MailedMessage.objects.filter(message=message).update(whole="")
        message.body = message.html = message.salt = ""
        message.removed_at, message.removed_by_id, message.removed_digest = now, actor.user_id, digest
        message.save(update_fields=["body", "html", "salt", "removed_at", "removed_by", "removed_digest"])
        index_again(act.ticket)
        act.record(Kind.MESSAGE_REMOVED, {"message": message.pk, "digest": digest, "audience": str(message.audience)})
    return act.ticket


def remove_file(*, ticket_id: int, actor: Actor, now: datetime, attachment_id: int, key: str | None = None) -> Ticket:
    """The ticket with the file's bytes gone for good once this is committed; by the uploader or staff.

    Raises TicketNotFound, Refused, Invalid (removed already).
    """
    with acting(ticket_id=ticket_id, actor=actor, now=now, key=key, name="remove_file", content=attachment_id) as act:
        if act.repeated:
            return act.ticket
        file = Attachment.objects.select_related("message").filter(pk=attachment_id, ticket=act.ticket).first()
        if file is None or file.message is None:
            raise Invalid({"": _("This file is not there.")})
        readable_message(act.ticket, file.message.pk, actor)
        if file.uploaded_by_id != actor.user_id and not actor.can(Permission.TICKET_WORK):
            raise Refused("file.remove")
        if file.removed_at is not None:
            raise Invalid({"": _("This file was removed before.")})
        digest, blob = salted_digest(file.salt, file.sha256), file.blob
        file.removed_at, file.removed_by_id, file.removed_digest = now, actor.user_id, digest
        file.blob = file.salt = file.sha256 = ""
        file.save(update_fields=["removed_at", "removed_by", "removed_digest", "blob", "salt", "sha256"])
        act.record(Kind.FILE_REMOVED, {"file": file.pk, "digest": digest, "audience": str(file.message.audience)})
        transaction.on_commit(lambda: delete(blob))
    return act.ticket
