"""Keeping a mail as it came, before anything is done with it and before the mailbox is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from mespace.mail_in.digest import content_digest
from mespace.mail_in.mime.headers import addresses, header, message_ids
from mespace.mail_in.mime.parts import read_headers
from mespace.mail_in.models import Arrival, Inbound
from mespace.platform.files import Blob, delete, open_blob, put

BEGINNING = 1024 * 1024  # bytes kept of a mail that is too large


@dataclass(frozen=True)
class Place:
    """Where in the mailbox a mail lies."""

    folder: str
    uid_validity: int
    uid: int


@dataclass(frozen=True)
class Found:
    """A mail in the mailbox: its place, its size, when it arrived there, and its bytes."""

    place: Place
    size: int
    arrived_at: datetime
    chunks: Iterator[bytes]


def how_much(size: int) -> int:
    """How many bytes of a mail of that size are kept."""
    return size if size <= settings.MAX_MAIL_BYTES else BEGINNING


def keep_message(*, now: datetime, found: Found) -> Inbound:
    """The mail's row, durable, and waiting to be handled unless it was kept before.

    However often and from however many places the same mail is kept, there is one row. Raises NoRoom.
    """
    most = how_much(found.size)
    blob = put(_bounded(found.chunks, most), limit=max(most, 1))
    try:
        inbound, is_new = _recorded(now=now, found=found, blob=blob)
    except BaseException:
        delete(blob.name)
        raise
    if not is_new:
        delete(blob.name)
    return inbound


def is_kept(place: Place) -> bool:
    """Whether the mail at this place was kept before."""
    return Arrival.objects.filter(folder=place.folder, uid_validity=place.uid_validity, uid=place.uid).exists()


def _recorded(*, now: datetime, found: Found, blob: Blob) -> tuple[Inbound, bool]:
    columns = _summary(blob, size=found.size)
    try:
        with transaction.atomic():
            inbound = Inbound.objects.create(
                **columns,
                blob=blob.name,
                sha256=blob.sha256,
                size=found.size,
                is_whole=blob.size >= found.size,
                kept_at=now,
                arrived_at=min(found.arrived_at, now),
                next_attempt_at=now,
            )
            _arrive(inbound, found.place, now)
    except IntegrityError:  # the same mail is there, or came to be at this moment
        with transaction.atomic():
            inbound = Inbound.objects.get(message_id=columns["message_id"], digest=columns["digest"])
            _arrive(inbound, found.place, now)
        return inbound, False
    return inbound, True


def _arrive(inbound: Inbound, place: Place, now: datetime) -> None:
    Arrival.objects.bulk_create(
        [Arrival(folder=place.folder, uid_validity=place.uid_validity, uid=place.uid, inbound=inbound, at=now)],
        ignore_conflicts=True,
    )


def _summary(blob: Blob, *, size: int) -> dict[str, str]:
    with open_blob(blob.name) as file:
        headers = read_headers(file)
        sender = next(iter(addresses(headers, "From")), None)
        return {
            "message_id": next(iter(message_ids(headers, "Message-ID")), "")[:250],
            "digest": content_digest(file, size=size),
            "sender": sender.address if sender else "",
            "sender_name": sender.name if sender else "",
            "subject": header(headers, "Subject")[:250],
        }


def _bounded(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """What the mailbox promised and no more, should it send more."""
    left = most
    for chunk in chunks:
        yield chunk[:left]
        left -= len(chunk)
        if left <= 0:
            return
