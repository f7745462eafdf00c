"""Taking files before they are sent with a message, and sweeping those that never were."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.ledger.canonical import new_salt
from mespace.platform.files import FileRefused, NoRoom, TooLarge, delete, receive
from mespace.tickets.errors import Invalid
from mespace.tickets.models import Attachment
from mespace.tickets.operations._pace import UPLOADING, pace

KEPT_UNSENT = timedelta(hours=24)
MOST_UNSENT = 30
MOST_UNSENT_TIMES = 4  # as many of the largest files, in bytes: as one request may carry


def upload(*, actor: Actor, now: datetime, name: str, chunks: Iterable[bytes]) -> Attachment:
    """A stored file, seen by nobody but its uploader until a message claims it; durable when this returns.

    Raises Refused, TooFast, Invalid (too large, of a kind that is not taken, too many unsent).
    """
    if not (actor.can(Permission.TICKET_REACT) or actor.can(Permission.TICKET_WORK)):
        raise Refused("file.upload")
    pace(UPLOADING, actor=actor, now=now)
    unsent = Attachment.objects.filter(message__isnull=True, uploaded_by_id=actor.user_id)
    held = unsent.aggregate(files=Count("pk"), size=Coalesce(Sum("size"), 0))
    if held["files"] >= MOST_UNSENT or held["size"] >= MOST_UNSENT_TIMES * settings.MAX_FILE_BYTES:
        raise Invalid({"attachments": _("Too many files wait unsent. Send or remove some first.")})
    limit: int = settings.MAX_FILE_BYTES
    try:
        taken = receive(name=name, chunks=chunks, limit=limit)
    except TooLarge:
        text = _("“%(name)s” is larger than %(most)d MB. Pack it, split it, or send a part.")
        raise Invalid({"attachments": text % {"name": name, "most": limit // 2**20}}) from None
    except NoRoom:
        raise Invalid(
            {"attachments": _("The server has no room for files just now. Send the text without them.")}
        ) from None
    except FileRefused as refusal:
        raise Invalid({"attachments": f"“{refusal.name}”: {refusal.reason}"}) from None
    try:
        return Attachment.objects.create(
            uploaded_by_id=actor.person_id,
            name=taken.name,
            size=taken.blob.size,
            media_type=taken.media_type,
            is_image=taken.is_image,
            sha256=taken.blob.sha256,
            salt=new_salt(),
            blob=taken.blob.name,
            created_at=now,
        )
    except BaseException:
        delete(taken.blob.name)
        raise


def discard_upload(*, actor: Actor, attachment_id: int) -> bool:
    """Whether an own unsent file was there and is now gone."""
    file = Attachment.objects.filter(pk=attachment_id, uploaded_by_id=actor.user_id, message__isnull=True).first()
    if file is None or not Attachment.objects.filter(pk=file.pk, message__isnull=True).delete()[0]:
        return False
    delete(file.blob)
    return True


def sweep_uploads(*, now: datetime) -> int:
    """How many files were deleted that had been uploaded a day ago or earlier and never sent."""
    swept = 0
    for file in Attachment.objects.filter(message__isnull=True, created_at__lt=now - KEPT_UNSENT)[:1000]:
        if Attachment.objects.filter(pk=file.pk, message__isnull=True).delete()[0]:
            delete(file.blob)
            swept += 1
    return swept
