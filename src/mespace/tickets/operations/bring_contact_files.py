"""Files of a contact, taken along into a request that is registered from it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import BinaryIO

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.platform.files import BlobMissing, open_blob
from mespace.tickets.models import Contact, ContactFile
from mespace.tickets.operations.uploads import upload

CHUNK = 256 * 1024


def bring_contact_files(*, actor: Actor, now: datetime, contact_id: int, file_ids: Collection[int]) -> list[int]:
    """The ids of the actor's unsent copies of those files of the contact, for a message to claim.

    Raises Refused, Invalid. A file that is no longer stored is left out.
    """
    actor.require(Permission.TICKET_FILE_FOR_OTHERS)
    seen = Contact.objects.visible_to(actor).filter(pk=contact_id)
    copies = []
    for file in ContactFile.objects.filter(contact__in=seen, pk__in=file_ids):
        try:
            source = open_blob(file.blob)
        except BlobMissing:
            continue
        with source:
            copies.append(upload(actor=actor, now=now, name=file.name, chunks=_chunks(source)).pk)
    return copies


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk
