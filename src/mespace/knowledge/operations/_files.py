"""Taking a file into the one store, for whoever is about to name it in a text."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.knowledge.models import ArticleFile
from mespace.platform.files import FileRefused, NoRoom, TooLarge, delete, receive


def take_file(*, actor: Actor, now: datetime, name: str, chunks: Iterable[bytes]) -> ArticleFile:
    """A stored file, durable when this returns. Raises ValidationError under `file`."""
    limit: int = settings.MAX_FILE_BYTES
    try:
        taken = receive(name=name, chunks=chunks, limit=limit)
    except TooLarge:
        text = _("“%(name)s” is larger than %(most)d MB. Pack it, split it, or send a part.")
        raise ValidationError({"file": [text % {"name": name, "most": limit // 2**20}]}) from None
    except NoRoom:
        raise ValidationError({"file": [_("The server has no room for files just now.")]}) from None
    except FileRefused as refusal:
        raise ValidationError({"file": [f"“{refusal.name}”: {refusal.reason}"]}) from None
    try:
        return ArticleFile.objects.create(
            name=taken.name,
            size=taken.blob.size,
            media_type=taken.media_type,
            is_image=taken.is_image,
            sha256=taken.blob.sha256,
            blob=taken.blob.name,
            uploaded_by_id=actor.person_id,
            uploaded_at=now,
        )
    except BaseException:
        delete(taken.blob.name)
        raise
