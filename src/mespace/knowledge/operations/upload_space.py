"""Take an archive of a space to be imported; no article is touched yet."""

import time
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.contents import BOUNDS, Contents, Counted, contents_of
from mespace.knowledge.models import Space, SpaceImport
from mespace.knowledge.operations._files import take_file
from mespace.platform.files import Archive, ArchiveRefused, clean_name
from mespace.platform.rows import found

LONGEST = 60.0  # seconds that its pictures may take: each is decoded and written again


def upload_space(*, actor: Actor, now: datetime, space_id: int, file_name: str, file: BinaryIO) -> SpaceImport:
    """What the archive says, kept for a preview; its files lie in the store, the actor's alone.

    Raises Refused, RowNotFound, or ValidationError on `file`: no ZIP, too large, or a part of it is strange.
    """
    actor.require(Permission.ARTICLES_PUBLISH)
    space: Space = found(Space.objects.all(), space_id)
    try:
        archive = Archive(file, BOUNDS)
        contents = contents_of(archive)
        files = _taken(archive, contents, actor=actor, now=now) if not contents.complaints else {}
    except ArchiveRefused as refusal:
        said = f"“{refusal.entry}”: {refusal.reason}" if refusal.entry else str(refusal.reason)
        raise ValidationError({"file": [said]}) from None
    return SpaceImport.objects.create(
        space=space,
        file_name=clean_name(file_name),
        texts=contents.texts,
        files=files,
        complaints=[[each.path, each.line, each.text] for each in contents.complaints],
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )


def _taken(archive: Archive, contents: Contents, *, actor: Actor, now: datetime) -> dict[str, dict[str, str | int]]:
    """The files that texts name, by path and by number, through the one door; what is refused becomes a complaint."""
    began = time.monotonic()
    paths, numbers = contents.named
    wanted = {path: path.rpartition("/")[2] for path in paths}
    wanted |= {contents.numbered[number]: _without_number(contents.numbered[number]) for number in numbers}
    taken: dict[str, dict[str, str | int]] = {}
    known: dict[tuple[str, str], dict[str, str | int]] = {}
    for path in sorted(wanted):
        if time.monotonic() - began > LONGEST:
            contents.complain("", _("Reading the pictures takes too long. Divide the archive."))
            break
        chunks = Counted(archive.chunks(path))
        try:
            file = take_file(actor=actor, now=now, name=wanted[path], chunks=chunks)
        except ValidationError as refusal:
            contents.complain(path, " ".join(refusal.messages))
            continue
        sent: dict[str, str | int] = {
            "id": file.pk,
            "path": path,
            "sha256": chunks.digest.hexdigest(),
            "kept": file.sha256,
        }
        # Several articles may have the same file; each came with its own copy, and one is enough.
        taken[path] = known.setdefault((file.name, str(sent["sha256"])), sent)
    return taken | {str(number): taken[path] for number, path in contents.numbered.items() if path in taken}


def _without_number(path: str) -> str:
    return path.rpartition("/")[2].partition("-")[2]
